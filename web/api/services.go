package api

// Services are what the API's actions need.
type Services struct{}

// Actions are the API's handlers.
type Actions struct{ Services }
