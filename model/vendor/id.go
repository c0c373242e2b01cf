package vendor

import (
	"context"

	"orion/model/fault"
)

// ByID is the vendor's shop as the database has it now, whatever its status, or fault.NotFound. Requests look shops up by
// their address; this is for work that follows later, such as a letter in the shop's look.
func (d *Directory) ByID(ctx context.Context, id int64) (*Shop, error) {
	found, err := d.loadShop(ctx, id)
	if err != nil {
		return nil, fault.Unavailable.Because(err)
	}
	if found.shop == nil {
		return nil, fault.NotFound
	}
	return found.shop, nil
}
