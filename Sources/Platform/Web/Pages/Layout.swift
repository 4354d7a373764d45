import HTTPTypes
import Hummingbird
import Kernel
import Synchronization

/// Puts a page into the document round it.
///
/// All that is the same for many visitors is drawn once and kept as bytes by who sees it; a page then costs a few
/// copies of memory.
final class Layout: Sendable {
  struct Key: Hashable {
    let community: CommunityID
    let language: Language
    let isElderView: Bool
    /// One bit for each role; all bits set where nobody is signed in.
    let roles: UInt16
    let isCardSession: Bool
    let kind: PageKind
    /// The place in the navigation, -1 for none.
    let current: Int
    /// Whether it is the page that lists what the elder view's menu leaves out.
    let isMorePage: Bool
  }

  private struct Entry {
    let card: CommunityCard
    let frame: LayoutFrame
  }

  private static let capacity = 2048
  private let navigation: [NavigationItem]
  private let staticFiles: StaticFiles
  private let entries = Mutex<[Key: Entry]>([:])

  init(navigation: [NavigationItem], staticFiles: StaticFiles) {
    self.navigation = navigation
    self.staticFiles = staticFiles
  }

  /// The whole document.
  func document(_ page: Page, _ visit: Visit) -> [UInt8] {
    let frame = frame(page.kind, visit)
    let token = page.kind == .print ? "" : visit.formToken
    let account = visit.session?.displayName ?? ""
    let alertBytes = page.alerts.reduce(0) { $0 + $1.bytes.count }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(
      frame.count + page.main.bytes.count + alertBytes + page.title.utf8.count * 2 + account.utf8.count + 512)
    bytes.append(contentsOf: frame.beforeTitle)
    bytes.appendEscaped(page.title)
    bytes.append(contentsOf: frame.beforeAccount)
    bytes.appendEscaped(account)
    bytes.append(contentsOf: frame.beforeToken)
    if page.kind != .print {
      bytes.append(contentsOf: token.utf8)
      bytes.append(contentsOf: frame.beforeBack)
      bytes.appendEscaped(visit.request.method == .get ? visit.target : "/")
    }
    bytes.append(contentsOf: frame.beforeMain)
    for alert in page.alerts { bytes.append(contentsOf: alert.bytes) }
    let isShared = visit.session?.isCardSession ?? false
    bytes.append(contentsOf: isShared ? FormMemory.off(page.main).bytes : page.main.bytes)
    bytes.append(contentsOf: frame.afterMain)
    bytes.append(contentsOf: PageScripts(page, visit, staticFiles).html.bytes)
    bytes.append("</body></html>\n")
    return bytes
  }

  /// What the visitor may enter, with whether they are there.
  func items(_ visit: Visit) -> [(item: NavigationItem, isCurrent: Bool)] {
    let current = currentItem(visit.path)
    return navigation.enumerated().filter { $0.element.isSeen(by: visit.session?.roles) }
      .map { ($0.element, $0.offset == current) }
  }

  private func frame(_ kind: PageKind, _ visit: Visit) -> LayoutFrame {
    let roles = visit.session?.roles
    let current = currentItem(visit.path)
    let key = Key(
      community: visit.community.id, language: visit.language, isElderView: visit.isElderView,
      roles: roles.map(Self.bits) ?? .max, isCardSession: visit.session?.isCardSession ?? false, kind: kind,
      current: current, isMorePage: visit.path == MorePages.path)
    if let entry = entries.withLock({ $0[key] }), entry.card === visit.community { return entry.frame }
    let drawing = LayoutDrawing(
      card: visit.community, language: visit.language, isElderView: visit.isElderView,
      isSignedIn: visit.session != nil, isCardSession: key.isCardSession, kind: kind,
      items: items(visit), isMorePage: key.isMorePage, staticFiles: staticFiles)
    let frame = drawing.frame
    entries.withLock { entries in
      if entries.count >= Self.capacity { entries.removeAll(keepingCapacity: true) }
      entries[key] = Entry(card: visit.community, frame: frame)
    }
    return frame
  }

  private static func bits(_ roles: Set<Role>) -> UInt16 {
    Role.allCases.enumerated().reduce(0) { bits, role in
      roles.contains(role.element) ? bits | 1 << role.offset : bits
    }
  }

  /// The item whose path is the longest beginning of this one.
  private func currentItem(_ path: String) -> Int {
    var best = -1
    var length = -1
    for (index, item) in navigation.enumerated() {
      let bytes = item.path.utf8
      let isBeginning =
        path.utf8.starts(with: bytes)
        && (path.utf8.count == bytes.count
          || (bytes.count > 1 && path.utf8.dropFirst(bytes.count).first == UInt8(ascii: "/")))
      if isBeginning, bytes.count > length {
        best = index
        length = bytes.count
      }
    }
    return best
  }
}

/// The parts of a document between which a page's own text stands.
struct LayoutFrame: Sendable {
  let beforeTitle: [UInt8]
  let beforeAccount: [UInt8]
  let beforeToken: [UInt8]
  let beforeBack: [UInt8]
  let beforeMain: [UInt8]
  let afterMain: [UInt8]

  var count: Int {
    beforeTitle.count + beforeAccount.count + beforeToken.count + beforeBack.count + beforeMain.count
      + afterMain.count
  }
}
