package mongo

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

const (
	ticketID = "feed"
	// ticketTimeout bounds one draw; the Puts that wait for it may give up earlier.
	ticketTimeout = 10 * time.Second
	// maxDraw is the most tickets one draw brings.
	maxDraw = 256
)

// ticketer draws tickets from the installation's counter, for all Puts that wait at that moment in one
// round trip.
type ticketer struct {
	counter *mongo.Collection
	queue   chan chan draw
	quit    chan struct{}
	stopped chan struct{}
}

type draw struct {
	ticket int64
	err    error
}

func newTicketer(counter *mongo.Collection) *ticketer {
	t := &ticketer{counter: counter, queue: make(chan chan draw), quit: make(chan struct{}), stopped: make(chan struct{})}
	go t.run()
	return t
}

// next returns a ticket that was drawn after next was called.
func (t *ticketer) next(ctx context.Context) (int64, error) {
	answer := make(chan draw, 1)
	select {
	case t.queue <- answer:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case d := <-answer:
		return d.ticket, d.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (t *ticketer) run() {
	defer close(t.stopped)
	for {
		var waiting []chan draw
		select {
		case first := <-t.queue:
			waiting = append(waiting, first)
		case <-t.quit:
			return
		}
	gather:
		for len(waiting) < maxDraw {
			select {
			case another := <-t.queue:
				waiting = append(waiting, another)
			default:
				break gather
			}
		}
		last, err := t.draw(int64(len(waiting)))
		for i, answer := range waiting {
			answer <- draw{last - int64(i), err}
		}
	}
}

// draw takes n tickets and returns the largest.
func (t *ticketer) draw(n int64) (int64, error) {
	ctx, cancel := context.WithTimeout(context.Background(), ticketTimeout)
	defer cancel()
	var counter struct {
		N int64 `bson:"n"`
	}
	err := t.counter.FindOneAndUpdate(ctx, bson.D{{Key: "_id", Value: ticketID}},
		bson.D{{Key: "$inc", Value: bson.D{{Key: "n", Value: n}}}},
		options.FindOneAndUpdate().SetReturnDocument(options.After)).Decode(&counter)
	return counter.N, err
}

// last returns the last ticket that anybody drew.
func (t *ticketer) last(ctx context.Context) (int64, error) {
	raw, err := t.counter.FindOne(ctx, bson.D{{Key: "_id", Value: ticketID}}).Raw()
	if err != nil {
		return 0, err
	}
	return raw.Lookup("n").AsInt64(), nil
}

// stop is called when no Put is waiting any more.
func (t *ticketer) stop() {
	close(t.quit)
	<-t.stopped
}
