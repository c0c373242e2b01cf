package config

import (
	"log/slog"
	"net/netip"
	"reflect"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// parsers read the types that the library does not know, or not as generously.
var parsers = map[reflect.Type]env.ParserFunc{
	reflect.TypeFor[netip.Prefix](): func(text string) (any, error) { return parseNetwork(text) },
}

// parseNetwork reads a network (10.0.0.0/8) or a single address.
func parseNetwork(text string) (netip.Prefix, error) {
	text = strings.TrimSpace(text)
	if address, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(address, address.BitLen()), nil
	}
	network, err := netip.ParsePrefix(text)
	return network.Masked(), err
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
