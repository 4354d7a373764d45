import Kernel

/// The scripts of a page, each a small file of ours; every page works without them.
struct PageScripts {
  private let page: Page
  private let visit: Visit
  private let staticFiles: StaticFiles

  /// What is kept and sent, and what pages show of it; a page names the first.
  static let outbox = ["outbox.js", "outbox-bar.js"]

  init(_ page: Page, _ visit: Visit, _ staticFiles: StaticFiles) {
    self.page = page
    self.visit = visit
    self.staticFiles = staticFiles
  }

  var html: HTML {
    var html: HTML = page.kind == .print ? .empty : device
    if visit.isElderView, page.kind != .print, !page.scripts.contains("speak.js") {
      html += script("speak.js")
    }
    for name in page.scripts {
      html += .joined(name == Self.outbox.first ? Self.outbox.map(script) : [script(name)])
    }
    return html
  }

  /// A shared tablet forgets by itself; a person's own device keeps what they want to have without network.
  private var device: HTML {
    let session = visit.session
    if session?.isCardSession ?? false {
      return """
        <script src="\(staticFiles.path(of: "tablet.js"))" data-left="\(SharedDevice.left)" \
        data-seconds="\(SessionTerms.card.idle.components.seconds)" defer></script>
        """
    }
    return """
      <script src="\(staticFiles.path(of: "app.js"))" data-owner="\(session?.personID.description ?? "")" \
      data-outbox="\(Self.outbox.map(staticFiles.path).joined(separator: " "))"\(attribute: "data-kept", if: page.offline) defer></script>
      """
  }

  private func script(_ name: String) -> HTML {
    "<script src=\"\(staticFiles.path(of: name))\" defer></script>"
  }
}
