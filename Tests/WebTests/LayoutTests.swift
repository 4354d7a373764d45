import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import TestKit
import Testing

@testable import Web

@Suite struct `The layout` {
  private static func routes() -> Routes {
    var routes = Routes()
    routes.get("/", .everyone, objects: .none) { visit in
      .page(
        Page(
          title: "<选购>", main: "<h1>hello</h1>", alerts: [PageParts.notice("小心", .bad)], scripts: ["live.js"]),
        visit)
    }
    routes.get("/orders/:order", .everyone, objects: .none) { visit in
      .page(Page(title: "order", main: "<h1>order</h1>"), visit)
    }
    routes.get("/paper", .everyone, objects: .none) { visit in
      .page(Page(title: "paper", kind: .print, main: "<h1>paper</h1>"), visit)
    }
    Preferences.addRoute(to: &routes) { _, _, _ in }
    return routes
  }

  @Test func `Every page has a way past the menu, a telephone, both switches and its own title`() async throws
  {
    let page = try await TestSite().browser(Self.routes()).get("/").text
    #expect(page.contains("<html lang=\"zh-CN\">"))
    #expect(page.contains("<title>&lt;选购&gt; · 枫林社区</title>"))
    #expect(page.contains("href=\"#main\"") && page.contains("<main id=\"main\""))
    #expect(page.contains("href=\"tel:02155550123\">021-5555 0123</a>"))
    #expect(page.contains("name=\"language\" value=\"en\"") && page.contains("name=\"elder\" value=\"on\""))
    #expect(page.contains("role=\"alert\"") && page.contains("defer></script>"))
    #expect(!page.contains("团长台"))
  }

  @Test func `No page holds an inline script, style or handler`() async throws {
    let page = try await TestSite().browser(Self.routes()).get("/").text
    #expect(!page.contains("<style") && !page.contains(" style=") && !page.contains("<script>"))
    #expect(!page.contains(" onclick") && !page.contains("javascript:"))
  }

  @Test func `The menu shows what the visitor may use and where they are`() async throws {
    let test = try TestSite()
    let browser = test.browser(Self.routes(), language: "en")
    test.signIn(browser, roles: [.leader])
    let page = try await browser.get("/orders/1").text
    #expect(page.contains("Leader&#39;s desk"))
    #expect(page.contains("href=\"/orders\" aria-current=\"page\""))
    #expect(!page.contains("href=\"/\" aria-current"))
    #expect(page.contains("王&lt;阿姨&gt;"))
    #expect(try await browser.get("/orders/1").headers[.cacheControl] == "no-store")
  }

  @Test func `Language and elder view are kept without an account`() async throws {
    let browser = try TestSite().browser(Self.routes())
    #expect(try await browser.get("/").text.contains("<body class=\"resident\">"))
    let answer = try await browser.post("/preferences", ["language": "en", "back": "/orders/1?x=%22"])
    #expect(answer.status == 303 && answer.location == "/orders/1?x=%22")
    #expect(try await browser.get("/").text.contains("<html lang=\"en\">"))
    _ = try await browser.post("/preferences", ["elder": "on", "back": "https://evil.test"])
    let elder = try await browser.get("/").text
    #expect(
      elder.contains("<body class=\"resident elder\">") && elder.contains("name=\"elder\" value=\"off\""))
  }

  @Test(arguments: [
    ("en", "en"), ("en-GB,zh;q=0.5", "en"), ("zh-CN,en;q=0.9", "zh-CN"), ("fr, en;q=0.3, zh;q=0.2", "en"),
    ("fr", "zh-CN"), ("", "zh-CN"), ("*", "zh-CN"), ("en;q=bad", "zh-CN"),
  ])
  func `The browser's language decides where nobody chose`(_ header: String, _ tag: String) {
    #expect(Preferences.preferred(header).tag == tag)
  }

  @Test func `A path cannot break out of the page`() async throws {
    let page = try await TestSite().browser(Self.routes()).get("/?q=\"><script>").text
    #expect(!page.contains("<script>") && page.contains("value=\"/?q=&quot;&gt;&lt;script&gt;\""))
  }

  @Test func `The practice shop says so, and paper has no menu`() async throws {
    let browser = try TestSite(isPractice: true).browser(Self.routes())
    #expect(try await browser.get("/").text.contains("这是练习店"))
    let paper = try await browser.get("/paper").text
    #expect(!paper.contains("<nav") && !paper.contains("<form") && paper.contains("021-5555 0123"))
  }

  @Test func `States are told by words and an icon, not by colour alone`() {
    for tone in [Tone.good, .notice, .bad, .neutral] {
      let tag = PageParts.tag("还剩 3 份", tone).text
      #expect(tag.contains("aria-hidden=\"true\">\(tone.icon)") && tag.contains("还剩 3 份"))
    }
  }

  @Test func `A table names each value's column for small screens`() {
    let table = PageParts.table(
      caption: "订单", columns: [TableColumn("商品"), TableColumn("金额", isNumeric: true)],
      rows: [["鸡蛋", "¥12.50"]]
    ).text
    #expect(table.contains("<td data-label=\"金额\" class=\"number\">¥12.50</td>"))
    #expect(table.contains("<caption>订单</caption>") && table.contains("<th scope=\"col\">商品</th>"))
  }
}

@Suite struct `Shipped files` {
  @Test func `They come under names of their content and may be kept for ever`() async throws {
    let test = try TestSite()
    var routes = Routes()
    test.site.staticFiles.addRoute(to: &routes)
    let browser = test.browser(routes)
    let names = [
      "app.js", "icon-192.png", "icon-512.png", "icon-maskable-512.png", "icon.svg", "live.js", "offline.js",
      "outbox-bar.js", "outbox.js", "round.js", "share-card.js", "site.css", "slips.js", "speak.js",
      "survey-logic.js", "survey.js", "tablet.js", "worker.js",
    ]
    #expect(test.site.staticFiles.names == names)
    for name in test.site.staticFiles.names {
      let answer = try await browser.get(test.site.staticFiles.path(of: name))
      #expect(answer.status == 200 && !answer.bytes.isEmpty)
      #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
      let tag = try #require(answer.headers[.eTag])
      let again = try await browser.get(test.site.staticFiles.path(of: name), headers: [.ifNoneMatch: tag])
      #expect(again.status == 304 && again.bytes.isEmpty)
    }
    #expect(StaticFiles(["a.css": [1]]).path(of: "a.css") != StaticFiles(["a.css": [2]]).path(of: "a.css"))
  }

  @Test func `Text stands out from what lies behind it, more so in the elder view`() async throws {
    let test = try TestSite()
    var routes = Routes()
    test.site.staticFiles.addRoute(to: &routes)
    let css = try await test.browser(routes).get(test.site.staticFiles.path(of: "site.css")).text
    let standard = Self.colours(in: css, block: ":root {")
    let elder = standard.merging(Self.colours(in: css, block: "body.elder {")) { $1 }
    let pairs = [
      ("ink", "paper"), ("ink", "card"), ("ink", "sunk"), ("ink-soft", "paper"), ("ink-soft", "card"),
      ("ink-soft", "sunk"), ("green", "paper"), ("green", "card"), ("green-deep", "green-wash"),
      ("terracotta", "card"), ("terracotta", "terracotta-wash"), ("amber", "amber-wash"), ("paper", "green"),
    ]
    for (text, back) in pairs {
      let foreground = try #require(standard[text])
      let background = try #require(standard[back])
      #expect(Self.contrast(foreground, background) >= 4.5, "\(text) on \(back)")
      let elderText = try #require(elder[text])
      let elderBack = try #require(elder[back])
      #expect(Self.contrast(elderText, elderBack) >= 7, "elder: \(text) on \(back)")
    }
  }

  private static func colours(in css: String, block: String) -> [String: UInt32] {
    guard let start = css.range(of: block)?.upperBound else { return [:] }
    var colours: [String: UInt32] = [:]
    for line in css[start...].prefix(while: { $0 != "}" }).split(separator: "\n") {
      let parts = line.split(separator: ":").map { $0.trimmingPrefix(while: { $0 == " " }) }
      guard parts.count == 2, parts[0].hasPrefix("--"), parts[1].hasPrefix("#") else { continue }
      colours[String(parts[0].dropFirst(2))] = UInt32(parts[1].dropFirst().prefix(6), radix: 16)
    }
    return colours
  }

  /// WCAG 2.2 contrast ratio.
  private static func contrast(_ first: UInt32, _ second: UInt32) -> Double {
    let pair = [luminance(first), luminance(second)].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  private static func luminance(_ colour: UInt32) -> Double {
    func part(_ shift: UInt32) -> Double {
      let value = Double(colour >> shift & 255) / 255
      return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055)
    }
    return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
  }

  /// x to the power of 2.4, by Newton's method on y⁵ = x¹².
  private static func power(_ base: Double) -> Double {
    let target = (0..<12).reduce(1.0) { product, _ in product * base }
    var root = 1.0
    for _ in 0..<200 { root -= (root * root * root * root * root - target) / (5 * root * root * root * root) }
    return root
  }
}

@Suite struct `The OpenAPI document` {
  @Test func `It is JSON and names each described route, parameter and schema`() throws {
    var routes = Routes()
    routes.get(
      "/api/v1/campaigns/:campaign", .everyone, objects: .community,
      operation: Operation(
        "getCampaign", Phrase("查看团购", "Read a campaign"),
        answers: [
          .init(200, Phrase("团购", "The campaign"), .named("Campaign", .object([.init("price", .money)])))
        ])
    ) { _ in .text("") }
    routes.post(
      "/api/v1/orders", for: .roles([.resident]), objects: .own("orders"),
      operation: Operation(
        "placeOrder", Phrase("下单", "Place an order"), parameters: [.idempotencyKey],
        request: .object([.init("item", .identifier)]), answers: [.init(201, Phrase("已下单", "Placed"))])
    ) { _ in .text("") }
    let document = try JSON(OpenAPI.document(routes.all, version: "1"))
    let read = document["paths"]?["/api/v1/campaigns/{campaign}"]?["get"]
    #expect(read?["operationId"] == .string("getCampaign"))
    guard case .array(let parameters)? = read?["parameters"] else {
      Issue.record("no parameters")
      return
    }
    #expect(parameters.first?["name"] == .string("campaign") && parameters.first?["required"] == .bool(true))
    #expect(document["components"]?["schemas"]?["Money"]?["type"] == .string("object"))
    #expect(document["components"]?["schemas"]?["Campaign"] != nil)
    let post = document["paths"]?["/api/v1/orders"]?["post"]
    #expect(post?["x-roles"] == .array([.string("resident")]))
    #expect(post?["responses"]?["default"] != nil)
  }
}
