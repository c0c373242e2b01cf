package account

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/letter"
)

// AskVerification has a letter written with a link (below link) that verifies the account's address. Nothing happens
// where it is verified.
func (a *Authority) AskVerification(ctx context.Context, i Identity, link string) error {
	owner, err := a.Live(ctx, i)
	if err != nil || !owner.EmailVerifiedAt.IsZero() {
		return err
	}
	scoped, db := a.scope(ctx, i.Realm)
	return db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		return a.enqueue(ctx, tx, i.letter(letter.VerifyEmail, owner, link))
	})
}

// VerifyEmail takes the account's address as verified, by a mailed token and only for the account that is signed in: who
// opened an account with somebody else's address must not have it verified by their click. ErrToken.
func (a *Authority) VerifyEmail(ctx context.Context, i Identity, token, requestID string) error {
	scoped, db := a.scope(ctx, i.Realm)
	return db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		owner, err := a.redeem(ctx, tx, i.Realm, PurposeVerify, token)
		if err != nil {
			return err
		}
		if owner.ID != i.AccountID {
			return ErrToken
		}
		_, err = tx.NewRaw(`UPDATE ? SET email_verified_at = coalesce(email_verified_at, ?), updated_at = now() WHERE ?`, i.owner(), a.now(), i.own(owner.ID)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("take the address as verified: %w", err)
		}
		if err := a.spend(ctx, tx, i.Realm, owner.ID, PurposeVerify); err != nil {
			return err
		}
		return i.record(ctx, tx, owner.ID, "email.verified", requestID, nil)
	})
}
