package access

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// securityKey is where Security is kept in platform_settings.
const securityKey = "security"

// Security is what the platform demands of those who sign in.
type Security struct {
	AdminsNeedSecondFactor bool `json:"admins_need_second_factor"` // everybody with a platform role
	OwnersNeedSecondFactor bool `json:"owners_need_second_factor"` // every owner of a shop
}

// SecurityOf reads the platform's demands; none where nothing was set.
func SecurityOf(ctx context.Context, db bun.IDB) (Security, error) {
	var value string
	err := db.NewRaw(`SELECT value::text FROM platform_settings WHERE key = ?`, securityKey).Scan(tenant.AsPlatform(ctx), &value)
	if errors.Is(err, sql.ErrNoRows) {
		return Security{}, nil
	}
	if err != nil {
		return Security{}, fmt.Errorf("read the security settings: %w", err)
	}
	return decodeSecurity(value)
}

func decodeSecurity(value string) (Security, error) {
	var security Security
	if err := json.Unmarshal([]byte(value), &security); err != nil {
		return Security{}, fmt.Errorf("read the security settings: %w", err)
	}
	return security, nil
}

// SetSecurity replaces the platform's demands. by needs SettingsManage, else it is fault.Forbidden.
func SetSecurity(ctx context.Context, db *bun.DB, by Person, security Security, requestID string) error {
	return changePlatform(ctx, db, by, SettingsManage, "settings:"+securityKey, requestID, 0,
		func(ctx context.Context, c *platformChange) error { return c.setSecurity(ctx, security) })
}

func (c *platformChange) setSecurity(ctx context.Context, security Security) error {
	before, err := SecurityOf(ctx, c.tx)
	if err != nil {
		return err
	}
	value, err := json.Marshal(security)
	if err != nil {
		return fmt.Errorf("write the security settings: %w", err)
	}
	_, err = c.tx.NewRaw(`
		INSERT INTO platform_settings AS s (key, value) VALUES (?, ?::jsonb)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = s.version + 1, updated_at = now()`,
		securityKey, string(value)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("write the security settings: %w", err)
	}
	return c.record(ctx, "security.changed", before, security)
}
