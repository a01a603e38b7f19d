package auth

// Pages are the handlers of signing in and out.
type Pages struct{ Services }
