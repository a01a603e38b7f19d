package deliberation

import "jushou/internal/docstore"

// Topics returns the table of topics, for tools that bring in or measure whole installations. Whoever writes
// through it answers for everything that the use cases would have checked.
func Topics(s docstore.Store) docstore.Table[Topic] { return topicTable(s) }

// Comments returns the table of comments; what Topics says holds for it too.
func Comments(s docstore.Store) docstore.Table[Comment] { return commentTable(s) }
