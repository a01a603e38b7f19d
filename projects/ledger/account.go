package ledger

import (
	"fmt"
	"strconv"
	"strings"
)

// Account names one account of a fund: "free", or a class and a number.
type Account string

// Classes of accounts.
const (
	classSource = "source" // what a source has given, below zero
	classLine   = "line"   // allotted to a purpose and promised to nobody
	classDeal   = "deal"   // promised to a payee and not paid
	classPaid   = "paid"   // paid to the payee of a deal
)

// Free is what has come in and is allotted to nothing.
const Free Account = "free"

func numbered(class string, n int) Account { return Account(class + "/" + strconv.Itoa(n)) }

// SourceAccount is that of the n-th source, from 1.
func SourceAccount(n int) Account { return numbered(classSource, n) }

// LineAccount is that of the n-th line, from 1.
func LineAccount(n int) Account { return numbered(classLine, n) }

// DealAccount is what is promised and not paid under the n-th deal, from 1.
func DealAccount(n int) Account { return numbered(classDeal, n) }

// PaidAccount is what was paid under the n-th deal.
func PaidAccount(n int) Account { return numbered(classPaid, n) }

// parts takes an account's name apart.
func (a Account) parts() (class string, n int, err error) {
	if a == Free {
		return string(Free), 0, nil
	}
	class, number, _ := strings.Cut(string(a), "/")
	n, err = strconv.Atoi(number)
	switch {
	case err != nil || n < 1:
		return "", 0, fmt.Errorf("ledger: no account %q", a)
	case class == classSource, class == classLine, class == classDeal, class == classPaid:
		return class, n, nil
	}
	return "", 0, fmt.Errorf("ledger: no account %q", a)
}
