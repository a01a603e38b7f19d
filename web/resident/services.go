package resident

import (
	"jushou/deliberation"
)

// Services are what residents' pages need.
type Services struct {
	Topics *deliberation.Service
}

// Pages are the handlers of residents' pages.
type Pages struct{ Services }
