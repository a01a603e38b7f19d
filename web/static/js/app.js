// What residents' pages gain from scripts. Each part finds its own elements; without any of them the pages
// read and answer all the same.
import { keepDrafts } from './drafts.js';
import { shrinkPhotos } from './photos.js';
import { viewPhotos } from './viewer.js';
import { showSimilar } from './similar.js';
import { keepReceipts } from './receipts.js';
import { guardForms, refreshAfterBack } from './forms.js';

keepDrafts();
shrinkPhotos();
viewPhotos();
showSimilar();
keepReceipts();
guardForms();
refreshAfterBack();
