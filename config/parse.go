package config

import (
	"log/slog"
	"net/netip"
	"reflect"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// parsers read lists more generously than the library does.
var parsers = map[reflect.Type]env.ParserFunc{
	reflect.TypeFor[[]netip.Prefix](): func(text string) (any, error) { return parseNetworks(text) },
	reflect.TypeFor[[]Secret]():       func(text string) (any, error) { return parseSecrets(text), nil },
}

// parseSecrets reads secrets with commas between them.
func parseSecrets(text string) []Secret {
	var secrets []Secret
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			secrets = append(secrets, Secret(part))
		}
	}
	return secrets
}

// parseNetworks reads networks (10.0.0.0/8) and single addresses with commas between them.
func parseNetworks(text string) ([]netip.Prefix, error) {
	var networks []netip.Prefix
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if address, err := netip.ParseAddr(part); err == nil {
			networks = append(networks, netip.PrefixFrom(address, address.BitLen()))
			continue
		}
		network, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, err
		}
		networks = append(networks, network.Masked())
	}
	return networks, nil
}

// variableOf is the environment variable behind a field of Config.
func variableOf(field string) string {
	structField, _ := reflect.TypeFor[Config]().FieldByName(field)
	return structField.Tag.Get("env")
}

// meaningOf says in words what values of a type look like.
func meaningOf(kind reflect.Type) string {
	switch kind {
	case reflect.TypeFor[int]():
		return "a whole number"
	case reflect.TypeFor[float64]():
		return "a number"
	case reflect.TypeFor[bool]():
		return "true or false"
	case reflect.TypeFor[time.Duration]():
		return "a duration such as 500ms, 15s or 2m"
	case reflect.TypeFor[slog.Level]():
		return "a level: debug, info, warn or error"
	case reflect.TypeFor[[]netip.Prefix]():
		return "a list of networks such as 10.0.0.0/8,192.168.1.7"
	default:
		return "a value of type " + kind.String()
	}
}
