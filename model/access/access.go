// Package access says what the people who run the platform and its shops may do: permissions, the roles that hold
// them, the teams of vendors and how somebody joins, changes or leaves one.
//
// Users are the platform's, so db is always the platform's connections. Functions scope their context themselves and
// name the vendor in each query. Every change is one transaction with its audit row; changes of one team come one
// after another, and who acts is read anew inside, since a role may have changed since the request began.
package access

import (
	"context"
	"strconv"

	"github.com/uptrace/bun"

	"orion/model/letter"
)

// Enqueue puts a letter into the queue, in the transaction of the change that it tells of.
type Enqueue = func(ctx context.Context, tx bun.Tx, l letter.Letter) error

// Actor is a user as the audit log names them.
func Actor(userID int64) string { return subject("user", userID) }

func subject(kind string, id int64) string { return kind + ":" + strconv.FormatInt(id, 10) }
