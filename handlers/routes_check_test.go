package handlers

import (
	"strings"
	"testing"

	"orion/model/access"
	"orion/views"
)

// TestRoutesThatDoNotFitDoNotStart: each of these keeps New from making the app.
func TestRoutesThatDoNotFitDoNotStart(t *testing.T) {
	t.Parallel()
	for says, r := range map[string]route{
		"does not say who may come in":          {audience: views.AudienceShop, method: get, path: "/shop/x"},
		"is not below the paths":                {audience: views.AudienceShop, method: get, path: "/vendor/x", who: anyone()},
		"nobody signs in to the audience":       {audience: views.AudiencePlatform, method: get, path: "/theme/x", who: signedIn()},
		"which the audience \"shop\" does not":  {audience: views.AudienceShop, method: get, path: "/shop/x", who: can(access.TeamRead)},
		"wants the permission \"users.manage\"": {audience: views.AudienceVendor, method: get, path: "/vendor/x", who: can(access.UsersManage)},
		"wants the permission \"\"":             {audience: views.AudienceVendor, method: get, path: "/vendor/x", who: can("")},
		"is for a shop's team":                  {audience: views.AudienceAdmin, method: get, path: "/admin/x", who: member()},
	} {
		if err := r.check(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s %s %+v: %v, want %q", r.audience, r.path, r.who, err, says)
		}
	}
	if err := (route{audience: views.AudienceVendor, method: get, path: "/vendor/x", who: can(access.TeamRead)}).check(); err != nil {
		t.Error(err)
	}
}
