package desk

// Services are what the console's pages need.
type Services struct{}

// Pages are the console's handlers.
type Pages struct{ Services }
