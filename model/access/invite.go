package access

import (
	"context"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"orion/model/account"
	"orion/model/fault"
	"orion/model/letter"
)

const (
	maxEmail = 254 // what a mail server takes (RFC 5321)
	// maxInvitations bounds how many strangers one shop can have us write to.
	maxInvitations = 100
)

// NewInvitation is what somebody enters who invites.
type NewInvitation struct {
	Email  string
	Role   string
	RoleID int64  // of a custom role, else 0
	Link   string // the absolute address of invitations; the letter adds "/" and the token
}

// Invite asks somebody onto by's team and writes to them. by needs TeamManage. fault.Forbidden: the role holds more
// than by does. *fault.Invalid on "email": it is none, on the team already or invited already; on "role": there is no
// such role.
func Invite(
	ctx context.Context, db *bun.DB, by Person, in NewInvitation, enqueue Enqueue, requestID string,
) (Invitation, error) {
	var made Invitation
	err := changeTeam(ctx, db, by, TeamManage, "invitation:new", requestID, func(ctx context.Context, c *change) (err error) {
		made, err = c.invite(ctx, in, enqueue)
		return err
	})
	return made, err
}

func (c *change) invite(ctx context.Context, in NewInvitation, enqueue Enqueue) (Invitation, error) {
	email, err := checkEmail(in.Email)
	if err != nil {
		return Invitation{}, err
	}
	role, err := c.grantable(ctx, in.Role, in.RoleID)
	if err != nil {
		return Invitation{}, err
	}
	if err := c.makeRoom(ctx, email); err != nil {
		return Invitation{}, err
	}
	var id int64
	err = c.tx.NewRaw(`
		INSERT INTO vendor_invitations (vendor_id, email, role, role_id, invited_by, expires_at)
		VALUES (?, ?, ?, ?, ?, now() + ?::interval) RETURNING id`,
		c.vendorID, email, role.Name, nullID(role.ID), c.actor.userID, seconds(invitationLife)).Scan(ctx, &id)
	if err != nil {
		return Invitation{}, fmt.Errorf("invite to the team of vendor %d: %w", c.vendorID, err)
	}
	made, err := c.invitation(ctx, id)
	if err != nil {
		return Invitation{}, err
	}
	if err := c.mail(ctx, made, in.Link, enqueue); err != nil {
		return Invitation{}, err
	}
	return made, c.record(ctx, "invitation.sent", subject("invitation", id), nil, stateOfInvitation(made))
}

// makeRoom sees that somebody of this address can be invited: neither on the team nor invited, and not the hundredth.
// An invitation that expired makes way.
func (c *change) makeRoom(ctx context.Context, email string) error {
	_, err := c.tx.NewRaw(`
		UPDATE vendor_invitations SET revoked_at = now()
		WHERE vendor_id = ? AND email = ? AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at <= now()`,
		c.vendorID, email).Exec(ctx)
	if err != nil {
		return fmt.Errorf("end an expired invitation of vendor %d: %w", c.vendorID, err)
	}
	var known struct {
		Member, Invited bool
		Open            int
	}
	err = c.tx.NewRaw(`
		SELECT EXISTS (SELECT FROM vendor_members m JOIN users u ON u.id = m.user_id
				WHERE m.vendor_id = ?0 AND u.email = ?1 AND u.deleted_at IS NULL) AS member,
			count(*) FILTER (WHERE i.email = ?1) > 0 AS invited, count(*) AS open
		FROM vendor_invitations i WHERE i.vendor_id = ?0 AND i.accepted_at IS NULL AND i.revoked_at IS NULL`,
		c.vendorID, email).Scan(ctx, &known)
	switch {
	case err != nil:
		return fmt.Errorf("look for who is to be invited to vendor %d: %w", c.vendorID, err)
	case known.Member:
		return fault.Field("email", "Somebody with this address is on the team already.")
	case known.Invited:
		return fault.Field("email", "This address is invited already. Send the invitation again, or revoke it first.")
	case known.Open >= maxInvitations:
		return fault.Refuse("Too many invitations are open. Revoke some first.")
	}
	return nil
}

// Resend writes an open invitation again and lets it run anew; the link in the earlier letter stops working once the
// new letter goes out. by needs TeamManage. fault.Forbidden: its role holds more than by does. fault.NotFound: it is
// not open.
func Resend(ctx context.Context, db *bun.DB, by Person, id int64, link string, enqueue Enqueue, requestID string) error {
	return changeTeam(ctx, db, by, TeamManage, subject("invitation", id), requestID, func(ctx context.Context, c *change) error {
		i, err := c.touchableInvitation(ctx, id)
		if err != nil {
			return err
		}
		_, err = c.tx.NewRaw(`UPDATE vendor_invitations SET expires_at = now() + ?::interval WHERE vendor_id = ? AND id = ?`,
			seconds(invitationLife), c.vendorID, id).Exec(ctx)
		if err != nil {
			return fmt.Errorf("renew invitation %d: %w", id, err)
		}
		if err := c.mail(ctx, i, link, enqueue); err != nil {
			return err
		}
		return c.record(ctx, "invitation.sent_again", subject("invitation", id), nil, stateOfInvitation(i))
	})
}

// Revoke ends an open invitation. by needs TeamManage. fault.Forbidden: its role holds more than by does.
// fault.NotFound: it is not open.
func Revoke(ctx context.Context, db *bun.DB, by Person, id int64, requestID string) error {
	return changeTeam(ctx, db, by, TeamManage, subject("invitation", id), requestID, func(ctx context.Context, c *change) error {
		i, err := c.touchableInvitation(ctx, id)
		if err != nil {
			return err
		}
		return c.revoke(ctx, i)
	})
}

func (c *change) invitation(ctx context.Context, id int64) (Invitation, error) {
	return oneInvitation(ctx, c.tx, `AND x.id = ?`, c.vendorID, id)
}

// touchableInvitation is an open invitation to a role that the actor could give.
func (c *change) touchableInvitation(ctx context.Context, id int64) (Invitation, error) {
	i, err := c.invitation(ctx, id)
	if err != nil {
		return Invitation{}, err
	}
	if !c.actor.role.Permissions.Covers(i.Role.Permissions) {
		return Invitation{}, fault.Forbidden.With("This invitation is to a role that allows more than your own.")
	}
	return i, nil
}

// mail enqueues the letter of an invitation. It names no receiver: whoever makes the token says where it goes.
func (c *change) mail(ctx context.Context, i Invitation, link string, enqueue Enqueue) error {
	err := enqueue(ctx, c.tx, letter.Letter{
		Kind: letter.Invitation, VendorID: c.vendorID, Realm: string(account.Vendor), InvitationID: i.ID, Link: link,
		Data: map[string]string{letter.DataInviter: c.actor.title(), letter.DataRole: i.Role.Title},
	})
	if err != nil {
		return fmt.Errorf("write invitation %d of vendor %d: %w", i.ID, c.vendorID, err)
	}
	return nil
}

// checkEmail is the address that was entered, without spaces around it.
func checkEmail(entered string) (string, error) {
	email := strings.TrimSpace(entered)
	parsed, err := mail.ParseAddress(email)
	_, host, _ := strings.Cut(email, "@")
	if err != nil || parsed.Address != email || len(email) > maxEmail || !printable(email) || !strings.Contains(host, ".") {
		return "", fault.Field("email", "Enter an e-mail address, such as name@example.com.")
	}
	return email, nil
}

// invitationState is an invitation in the audit log.
type invitationState struct {
	Email string `json:"email"`
	roleState
}

func stateOfInvitation(i Invitation) invitationState {
	return invitationState{Email: i.Email, roleState: stateOf(i.Role)}
}

// seconds is a duration as PostgreSQL reads an interval.
func seconds(d time.Duration) string { return fmt.Sprintf("%d seconds", int64(d.Seconds())) }
