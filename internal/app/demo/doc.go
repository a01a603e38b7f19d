// Package demo makes the district that `jushou demo` shows: one district, one town, 30 communities with
// estates, buildings and households, people in every role, and topics in every state. The shape follows
// 罗店大居; every name, number and story is invented.
//
// It goes through the same use cases as everybody else, with a clock that stands in the past, so the demo cannot
// hold anything that the product would refuse. The same seed makes the same district.
package demo
