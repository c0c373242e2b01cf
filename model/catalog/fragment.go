package catalog

import "strings"

// fragment is a piece of SQL with the arguments of its question marks, in their order.
type fragment struct {
	sql  strings.Builder
	args []any
}

// add appends SQL and its arguments.
func (f *fragment) add(sql string, args ...any) *fragment {
	f.sql.WriteString(sql)
	f.args = append(f.args, args...)
	return f
}

// join appends another fragment.
func (f *fragment) join(other *fragment) *fragment {
	return f.add(other.sql.String(), other.args...)
}
