package catalog

import "slices"

// Pick is a choice of a product's variant, with what each of its option values leads to.
type Pick struct {
	Offer   *Offer // nil for a product without variants
	Exact   bool   // false: what was asked for does not exist, Offer is the nearest
	Choices []Choice
}

// Choice is an option with its values, as the buyer may pick them.
type Choice struct {
	Option string
	Values []ChoiceValue
}

// ChoiceValue is one value of an option, seen from the picked variant.
type ChoiceValue struct {
	Value     string
	Swatch    string
	Selected  bool
	Exists    bool  // a variant has it together with the other picked values
	Available bool  // and that variant can be bought
	VariantID int64 // where picking it leads: that variant, else the nearest one with this value; 0 none
}

// Pick chooses a variant by its id, for the addresses of variants. An id that is not the product's, such as 0, picks
// the first variant that can be bought, else the first.
func (d *Detail) Pick(variantID int64) Pick {
	for n := range d.Variants {
		if d.Variants[n].ID == variantID {
			return d.pick(&d.Variants[n], true)
		}
	}
	return d.pick(d.first(), variantID == 0)
}

// PickOptions chooses a variant by option name and value, for forms without JavaScript. Where no variant has them
// all, it picks the one that has the most of them, what can be bought before what cannot.
func (d *Detail) PickOptions(chosen map[string]string) Pick {
	if len(chosen) == 0 {
		return d.pick(d.first(), true)
	}
	want := make([]string, len(d.Options))
	wanted := 0
	for n, option := range d.Options {
		if want[n] = chosen[option.Name]; want[n] != "" {
			wanted++
		}
	}
	offer, shared := d.nearest(want, -1)
	return d.pick(offer, offer != nil && shared == wanted)
}

// first is the variant that a product's page opens with.
func (d *Detail) first() *Offer {
	for n := range d.Variants {
		if d.Variants[n].Availability().Buyable() {
			return &d.Variants[n]
		}
	}
	if len(d.Variants) > 0 {
		return &d.Variants[0]
	}
	return nil
}

// nearest is the variant that shares the most values with want, and how many; "" matches nothing. Where must is an
// option's place, only variants with that option's value come into question.
func (d *Detail) nearest(want []string, must int) (best *Offer, shared int) {
	bestRank := -1
	for n := range d.Variants {
		offer := &d.Variants[n]
		if must >= 0 && offer.value(must) != want[must] {
			continue
		}
		same := 0
		for place, value := range want {
			if value != "" && offer.value(place) == value {
				same++
			}
		}
		rank := 2 * same
		if offer.Availability().Buyable() {
			rank++
		}
		if rank > bestRank {
			best, shared, bestRank = offer, same, rank
		}
	}
	return best, shared
}

// value is the variant's value of the option in this place, "" where it has none.
func (v *Variant) value(place int) string {
	if place < len(v.Options) {
		return v.Options[place]
	}
	return ""
}

func (d *Detail) pick(offer *Offer, exact bool) Pick {
	pick := Pick{Offer: offer, Exact: exact && offer != nil}
	if offer == nil {
		return pick
	}
	for place, option := range d.Options {
		choice := Choice{Option: option.Name, Values: make([]ChoiceValue, 0, len(option.Values))}
		for _, value := range option.Values {
			choice.Values = append(choice.Values, d.choose(offer, place, value))
		}
		pick.Choices = append(pick.Choices, choice)
	}
	return pick
}

// choose says where changing one option of the picked variant leads.
func (d *Detail) choose(picked *Offer, place int, value OptionValue) ChoiceValue {
	want := make([]string, len(d.Options))
	for n := range want {
		want[n] = picked.value(n)
	}
	want[place] = value.Value
	choice := ChoiceValue{Value: value.Value, Swatch: value.Swatch, Selected: picked.value(place) == value.Value}
	target, _ := d.nearest(want, place)
	if target == nil {
		return choice
	}
	choice.VariantID = target.ID
	choice.Exists = slices.Equal(want, target.Variant.Options)
	choice.Available = choice.Exists && target.Availability().Buyable()
	return choice
}
