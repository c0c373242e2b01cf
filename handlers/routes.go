package handlers

import (
	"github.com/gofiber/fiber/v2"

	"orion/handlers/platform"
	"orion/handlers/shop"
	"orion/middleware"
)

// route is one line of the table: what is answered, and by whom. Paths are internal ones; docs/routing.md says which
// addresses lead to them.
type route struct {
	method, path string
	handlers     []fiber.Handler
}

// routes is every page, fragment and sign of life that Orion answers. Whatever is not here is a 404.
// guesses bounds how often one address may look for an order by number and e-mail.
func routes(p *platform.Handlers, s *shop.Handlers, guesses *middleware.Limiter) []route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []route{
		{get, "/healthz", do(p.Healthz)},
		{get, "/readyz", do(p.Readyz)},
		{get, "/assets/demo/*", do(p.DemoPicture)},
		{get, "/", do(p.Home)},
		{get, "/theme/:revision", do(p.ThemeCSS)},
		{get, "/vendor", do(p.Door)},
		{get, "/admin", do(p.Door)},

		{get, "/shop", do(s.Home)},
		{get, "/shop/categories/:slug", do(s.Category)},
		{get, "/shop/products", do(s.Products)},
		{get, "/shop/products/:slug", do(s.Product)},
		{get, "/shop/search", do(s.Search)},
		{get, "/shop/search/suggestions", do(s.Suggestions)},

		{get, "/shop/cart", do(s.Cart)},
		{post, "/shop/cart/items", do(s.AddToCart)},
		{post, "/shop/cart/items/:variant", do(s.SetQuantity)},
		{post, "/shop/cart/items/:variant/removal", do(s.RemoveFromCart)},

		{get, "/shop/checkout", do(s.Checkout)},
		{post, "/shop/checkout", do(s.PlaceOrder)},
		{post, "/shop/checkout/fields", do(s.CheckField)},
		{post, "/shop/checkout/summary", do(s.Summary)},

		{get, "/shop/orders", do(s.FindOrder)},
		{post, "/shop/orders", do(guesses.Handle, s.LookUpOrder)},
		{get, "/shop/orders/:number", do(s.Order)},

		{get, "/shop/about", do(s.About)},
		{get, "/shop/shipping", do(s.Shipping)},
		{get, "/shop/theme/:revision", do(s.ThemeCSS)},
		{get, "/shop/sitemap.xml", do(s.Sitemap)},
		{get, "/shop/robots.txt", do(s.Robots)},
	}
}

func do(handlers ...fiber.Handler) []fiber.Handler { return handlers }
