package views

import "embed"

// Files of the base layer as built into the program, by path from this folder: layouts/shop.html, shop/home.html,
// messages/en/shop.json.
//
//go:embed */*
var embedded embed.FS
