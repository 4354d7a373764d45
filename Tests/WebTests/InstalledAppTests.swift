import HTTPTypes
import Hummingbird
import Kernel
import TestKit
import Testing

@testable import Web

@Suite struct `The installed site` {
  private static func routes(_ test: TestSite) -> Routes {
    var routes = Routes()
    InstalledApp.addRoutes(to: &routes, files: test.site.staticFiles)
    test.site.staticFiles.addRoute(to: &routes)
    routes.get("/kept", .everyone, objects: .none) { visit in
      .page(
        Page(title: "kept", main: "<h1>kept</h1><form method=\"post\" action=\"/x\"></form>", offline: true),
        visit)
    }
    routes.get("/day", .everyone, objects: .none) { visit in
      .page(
        Page(
          title: "day", main: "<h1>day</h1>", scripts: ["outbox.js"], offline: true, offlineTerm: .hours(24)),
        visit)
    }
    routes.get("/plain", .everyone, objects: .none) { visit in
      .page(Page(title: "plain", main: "<h1>plain</h1>"), visit)
    }
    routes.get("/mine", for: .signedIn, objects: .none) { signedIn in
      .page(Page(title: "mine", main: "<h1>mine</h1>"), signedIn)
    }
    return routes
  }

  private static func copy(_ answer: Browser.Answer) -> String? {
    HTTPField.Name("Offline-Copy").flatMap { answer.headers[$0] }
  }

  @Test func `A telephone keeps what says so, for one session, and nothing of a card or a stranger`()
    async throws
  {
    let test = try TestSite()
    let browser = test.browser(Self.routes(test))
    #expect(try await Self.copy(browser.get("/kept")) == "none")
    test.signIn(browser, roles: [.resident], level: .card)
    #expect(try await Self.copy(browser.get("/kept")) == "none")
    test.signIn(browser, roles: [.resident])
    let kept = try #require(try await Self.copy(browser.get("/kept")))
    let plain = try #require(try await Self.copy(browser.get("/plain")))
    #expect(kept.hasPrefix("keep ") && plain == "only " + kept.dropFirst(5))
    #expect(try await Self.copy(browser.get("/day")) == kept + " 86400", "no longer than a day")
    let day = try await browser.get("/day").text
    for script in ["outbox", "outbox-bar"] {
      #expect(
        day.matches(of: try Regex("src=\"/static/\(script)\\.[0-9a-f]+\\.js\"")).count == 1, "\(script)")
    }
    test.signIn(browser, roles: [.resident])
    let other = try #require(try await Self.copy(browser.get("/kept")))
    #expect(other != kept, "another session, another key")
    #expect(try await Self.copy(browser.get("/nowhere"))?.hasPrefix("only ") == true)
  }

  @Test func `A fresh token is for the session's owner, and a card has none to keep things for`() async throws
  {
    let test = try TestSite()
    let browser = test.browser(Self.routes(test))
    #expect(try await browser.get("/form-token").text == #"{"owner":null,"form_token":null}"#)
    test.signIn(browser, roles: [.resident])
    let own = try JSON(try await browser.get("/form-token").bytes)
    #expect(own["owner"] == .string(PersonID(rawValue: 11).description))
    let page = try await browser.get("/kept").text
    #expect(
      page.contains("data-owner=\"\(PersonID(rawValue: 11).description)\"") && page.contains("data-kept"))
    test.signIn(browser, roles: [.resident], level: .card)
    let card = try await browser.get("/form-token")
    #expect(
      card.text.hasPrefix(#"{"owner":null,"form_token":""#) && card.headers[.cacheControl] == "no-store")
    #expect(!(try await browser.get("/kept").text.contains("data-owner")))
  }

  @Test func `A card's pages leave by themselves without scripts, and their forms remember nothing`()
    async throws
  {
    let test = try TestSite()
    let browser = test.browser(Self.routes(test))
    test.signIn(browser, roles: [.resident], level: .card)
    let page = try await browser.get("/kept").text
    #expect(
      page.contains("<noscript><meta http-equiv=\"refresh\" content=\"180;url=/card/left\"></noscript>"))
    #expect(page.contains("<form autocomplete=\"off\" method=\"post\" action=\"/x\">"))
    test.signIn(browser, roles: [.resident])
    let own = try await browser.get("/kept").text
    #expect(!own.contains("http-equiv") && !own.contains("autocomplete"))
  }

  @Test func `Where a card was used, a page that asks for a sign-in leads back to the card`() async throws {
    let test = try TestSite()
    let browser = test.browser(Self.routes(test))
    #expect(try await browser.get("/mine").location == "/sign-in?next=%2Fmine")
    browser.setCookie("tablet", "on")
    #expect(try await browser.get("/mine").location == "/card")
    var response = Response(status: .ok)
    response.signIn(SessionToken(), terms: .resident, isSecure: false)
    #expect(response.headers[values: .setCookie].contains { $0.hasPrefix("tablet=; Path=/; Max-Age=0") })
    response.signIn(SessionToken(), terms: .card, isSecure: false)
    #expect(response.headers[values: .setCookie].contains { $0.hasPrefix("tablet=on;") })
  }

  @Test func `Manifest, worker and the page without network name files that are there`() async throws {
    let test = try TestSite()
    let browser = test.browser(Self.routes(test))
    let manifest = try JSON(try await browser.get("/app.webmanifest?language=en").bytes)
    #expect(manifest["name"] == .string("Maple Grove · Nuanlin") && manifest["lang"] == .string("en"))
    let worker = try await browser.get("/sw.js")
    #expect(worker.headers[.cacheControl] == "no-cache")
    let offline = try await browser.get("/offline").text
    #expect(offline.contains("现在没有网络") && offline.contains("There is no network"))
    #expect(offline.contains("href=\"tel:02155550123\""))
    let paths = (worker.text + offline).matches(of: /\/static\/[\w.\-]+/).map { String($0.output) }
    #expect(paths.count > 8)
    for path in Set(paths) { #expect(try await browser.get(path).status == 200, "\(path)") }
  }

  @Test func `The elder view's menu has three entries and the page of all the others`() async throws {
    let navigation = (1...6).map { NavigationItem("/\($0)", Phrase("第\($0)", "Entry \($0)")) }
    let test = try TestSite(navigation: navigation)
    let browser = test.browser(Self.routes(test))
    browser.setCookie("elder", "on")
    let page = try await browser.get("/plain").text
    let menu = try #require(page.split(separator: "<nav").dropFirst().first?.split(separator: "</nav>").first)
    #expect(menu.matches(of: /<li>/).count == 4 && menu.contains("href=\"/more\""))
    #expect(page.contains("/static/speak."))
    let more = try await browser.get("/more").text
    for number in 1...6 { #expect(more.contains("href=\"/\(number)\"")) }
    #expect(more.contains("href=\"/more\" aria-current=\"page\"") && more.contains("name=\"language\""))
    browser.setCookie("elder", "off")
    #expect(!(try await browser.get("/plain").text.contains("/static/speak.")))
  }

  @Test(arguments: ["on", "off"])
  func `What is urgent stands at the foot of every page, for those whom it is for`(elder: String) async throws
  {
    let test = try TestSite(navigation: [
      NavigationItem("/plain", Phrase("页", "Page")),
      NavigationItem("/help-me", Phrase("遇到骗子了", "A swindler"), isUrgent: true),
      NavigationItem("/desk", Phrase("台", "Desk"), roles: [.leader], isUrgent: true),
    ])
    let browser = test.browser(Self.routes(test))
    browser.setCookie("elder", elder)
    let page = try await browser.get("/plain").text
    let foot = try #require(page.split(separator: "<footer").dropFirst().first)
    #expect(foot.contains("href=\"/help-me\"") && !foot.contains("/plain") && !foot.contains("/desk"))
  }

  @Test(arguments: [(8, folded: 0, far: 0), (12, folded: 6, far: 0), (30, folded: 11, far: 13)])
  func
    `A long menu leaves a telephone five entries and a desk two rows, where one is, and the way to the others`(
      _ count: Int, _ folded: Int, _ far: Int
    ) async throws
  {
    let paths = (1..<count).map { "/\($0)" } + ["/plain"]
    let test = try TestSite(navigation: paths.map { NavigationItem($0, Phrase("项", "Entry")) })
    let browser = test.browser(Self.routes(test))
    let page = try await browser.get("/plain").text
    #expect(page.matches(of: /<li class="folded">/).count == folded)
    #expect(page.contains("<li><a href=\"/plain\" aria-current=\"page\">"))
    #expect(page.matches(of: /<li class="folded far">/).count == far)
    #expect(page.contains("<li class=\"for-phones\"><a href=\"/more\">") == (folded > 0 && far == 0))
    #expect(page.contains("<li><a href=\"/more\">") == (far > 0))
    for path in paths {
      #expect(page.contains("<a href=\"\(path)\""), "none is lost to whoever looks for it")
    }
  }

  @Test(arguments: [
    ("<form a><form b>", "<form autocomplete=\"off\" a><form autocomplete=\"off\" b>"),
    ("<formula> < <<form x>", "<formula> < <<form autocomplete=\"off\" x>"), ("", ""), ("<form", "<form"),
  ])
  func `Every form is told to forget`(_ written: String, _ told: String) {
    #expect(FormMemory.off(HTML(trusted: Array(written.utf8))).text == told)
  }
}
