// Package order is what buyers have bought: the rules of the checkout, placing an order in one transaction, and the
// order's way from there. Every function works for the vendor in the context.
package order
