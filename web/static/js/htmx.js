// htmx from npm, for the parts of pages that change in place. Evaluation and injected styles are switched off
// by the htmx-config meta element, because the content security policy forbids both.
import htmx from 'htmx.org';

window.htmx = htmx;
