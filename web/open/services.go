package open

// Services are what public pages need.
type Services struct{}

// Pages are the handlers of public pages.
type Pages struct{ Services }
