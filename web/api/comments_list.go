package api

import (
	"jushou/deliberation"
	"jushou/internal/docstore"
)

// CommentsPage is a stretch of a topic's thread.
type CommentsPage struct {
	Page[Comment]
	Prev  string   `json:"prev,omitempty" doc:"The before of the page in front of this one; left out on the first."`
	Above *Comment `json:"above,omitempty" doc:"The comment above the replies that the page begins with."`
}

// listComments shows a stretch of a thread: each comment with its replies behind it, oldest first.
func (a *Actions) listComments(c *Call) (CommentsPage, error) {
	thread, err := a.Topics.ThreadPage(c.Context(), c.Actor, topicOf(c), deliberation.ThreadQuery{
		After: c.after(), Before: docstore.Cursor(c.Query("before")), At: deliberation.CommentID(c.Query("at")), Last: c.Query("last") == "1",
	})
	if err != nil {
		return CommentsPage{}, err
	}
	shown := CommentsPage{Page: pageOf(thread.Comments, thread.Next, showComment(c)), Prev: string(thread.Prev)}
	if thread.Above != nil {
		above := showComment(c)(*thread.Above)
		shown.Above = &above
	}
	return shown, nil
}
