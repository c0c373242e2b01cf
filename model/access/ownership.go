package access

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/account"
	"orion/model/fault"
	"orion/model/letter"
)

// HandOver makes a member of by's team an owner and by, who has to be one, a manager, and writes to both. enqueue may
// be nil: then nobody is written to. fault.Forbidden: by is no owner. fault.Conflict: the member is by, is an owner
// already, or cannot sign in. fault.NotFound: no such member.
func HandOver(ctx context.Context, db *bun.DB, by Person, toUserID int64, enqueue Enqueue, requestID string) error {
	return changeTeam(ctx, db, by, "", Actor(toUserID), requestID, func(ctx context.Context, c *change) error {
		if err := c.handOver(ctx, toUserID); err != nil || enqueue == nil {
			return err
		}
		return c.tellOwners(ctx, toUserID, enqueue)
	})
}

func (c *change) handOver(ctx context.Context, toUserID int64) error {
	if c.actor.role.Name != Owner {
		return fault.Forbidden.With("Only an owner can hand over the ownership.")
	}
	if toUserID == c.actor.userID {
		return fault.Conflict.With("You are the owner already. Choose somebody else.")
	}
	heir, err := findMember(ctx, c.tx, c.vendorID, toUserID)
	if err != nil {
		return err
	}
	if heir.role.Name == Owner {
		return fault.Conflict.With("%s is an owner already.", heir.title())
	}
	if !heir.live {
		return fault.Conflict.With("%s cannot sign in at the moment, so cannot become the owner.", heir.title())
	}
	owner, _ := VendorRole(Owner)
	manager, _ := VendorRole(Manager)
	if err := c.setRole(ctx, heir.userID, owner); err != nil {
		return err
	}
	if err := c.setRole(ctx, c.actor.userID, manager); err != nil {
		return err
	}
	if err := c.record(ctx, "ownership.handed_over", Actor(heir.userID), stateOf(heir.role), stateOf(owner)); err != nil {
		return err
	}
	return c.record(ctx, "member.role_changed", Actor(c.actor.userID), stateOf(owner), stateOf(manager))
}

// tellOwners writes to the new owner and the old one.
func (c *change) tellOwners(ctx context.Context, toUserID int64, enqueue Enqueue) error {
	heir, err := findMember(ctx, c.tx, c.vendorID, toUserID)
	if err != nil {
		return err
	}
	for _, m := range []member{heir, c.actor} {
		err := enqueue(ctx, c.tx, letter.Letter{
			Kind: letter.OwnershipHandedOver, VendorID: c.vendorID, Realm: string(account.Vendor),
			To: m.email, Name: m.name, AccountID: m.userID,
			Data: map[string]string{letter.DataOwner: heir.title()},
		})
		if err != nil {
			return fmt.Errorf("write about the ownership of vendor %d: %w", c.vendorID, err)
		}
	}
	return nil
}
