package api

import (
	"strconv"

	"jushou/internal/eventlog/publiclog"
)

// LogCheckpoint is a signed statement of the public log's size and root.
type LogCheckpoint struct {
	Size int64   `json:"size"`
	Root string  `json:"root" doc:"Root hash in base64."`
	Note string  `json:"note" doc:"The signed note (C2SP tlog-checkpoint), as served at /open/log/checkpoint."`
	At   Instant `json:"at" doc:"When it was signed; not part of the note."`
}

// LogState is the log as it stands.
type LogState struct {
	Key        string        `json:"key" doc:"Public key in the form of signed notes."`
	Checkpoint LogCheckpoint `json:"checkpoint"`
}

// LogEntry is an entry of the public log.
type LogEntry struct {
	Index int64  `json:"index"`
	At    string `json:"at"`
	Act   string `json:"act"`
	Of    string `json:"of"`
	Place string `json:"place"`
	Text  string `json:"text" doc:"Salted hash of what was written, in base64; empty if nothing was."`
	Body  string `json:"body" doc:"The entry's bytes as they are hashed: canonical JSON with the facts of the act."`
}

// LogEntries are entries, the latest first.
type LogEntries struct {
	Items []LogEntry `json:"items"`
	// Before asks for the entries before these.
	Before int64 `json:"before" doc:"Ask with this for the entries before these; 0 at the beginning."`
}

// LogProof shows that an entry is in the log.
type LogProof struct {
	Entry      LogEntry      `json:"entry"`
	Leaf       string        `json:"leaf" doc:"Hash of the entry in base64."`
	Hashes     []string      `json:"hashes" doc:"Inclusion proof of RFC 6962, from the leaf up, in base64."`
	Checkpoint LogCheckpoint `json:"checkpoint"`
}

// LogGrowth shows that the log begins with what an earlier checkpoint signed.
type LogGrowth struct {
	Hashes     []string      `json:"hashes" doc:"Consistency proof of RFC 6962 in base64."`
	Checkpoint LogCheckpoint `json:"checkpoint"`
}

// logPage is how many entries an answer lists.
const logPage = 100

func showCheckpoint(c publiclog.Checkpoint) LogCheckpoint {
	return LogCheckpoint{Size: c.Size, Root: c.Root, Note: c.Note, At: instant(c.At)}
}

func showLine(l publiclog.Line) LogEntry {
	e := l.Entry
	return LogEntry{Index: l.Index, At: e.At, Act: e.Act, Of: e.Of, Place: e.Place, Text: e.Text, Body: l.Body}
}

// logState returns the newest checkpoint and the key.
func (a *Actions) logState(c *Call) (LogState, error) {
	key, err := a.PublicLog.Verifier(c.Context())
	if err != nil {
		return LogState{}, err
	}
	last, err := a.PublicLog.Latest(c.Context())
	return LogState{Key: key, Checkpoint: showCheckpoint(last)}, err
}

// logEntries lists entries, the latest first.
func (a *Actions) logEntries(c *Call) (LogEntries, error) {
	end := int64(1 << 53)
	if text := c.Query("before"); text != "" {
		n, err := whole("before", text)
		if err != nil {
			return LogEntries{}, err
		}
		end = n
	}
	list, err := a.PublicLog.Before(c.Context(), end, logPage)
	out := LogEntries{Items: each(list, showLine)}
	if n := len(list); n > 0 {
		out.Before = list[n-1].Index
	}
	return out, err
}

func whole(name, text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, errNumber.On(name).With("field", name).Because(err)
	}
	return n, nil
}

// logEntry returns an entry and the proof that it is in the log.
func (a *Actions) logEntry(c *Call) (LogProof, error) {
	index, err := whole("index", c.Param("index"))
	if err != nil {
		return LogProof{}, err
	}
	p, err := a.PublicLog.Prove(c.Context(), index)
	if err != nil {
		return LogProof{}, err
	}
	line, err := a.PublicLog.Read(c.Context(), index)
	return LogProof{Entry: showLine(line), Leaf: p.Leaf, Hashes: p.Hashes, Checkpoint: showCheckpoint(p.Checkpoint)}, err
}

// logGrowth returns the proof that the log grew from an earlier size.
func (a *Actions) logGrowth(c *Call) (LogGrowth, error) {
	size, err := whole("size", c.Param("size"))
	if err != nil {
		return LogGrowth{}, err
	}
	hashes, last, err := a.PublicLog.Consistency(c.Context(), size)
	return LogGrowth{Hashes: hashes, Checkpoint: showCheckpoint(last)}, err
}
