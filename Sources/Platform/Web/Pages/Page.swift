package import Kernel

/// What a page is for; its layout follows.
package enum PageKind: Sendable, Hashable {
  /// One column, for a telephone first.
  case resident
  /// Wide, for a desk first.
  case staff
  /// For paper: no navigation.
  case print
}

/// One page, before the layout is put round it.
package struct Page: Sendable {
  package let title: String
  package let kind: PageKind
  package let main: HTML
  /// Notices above the content.
  package let alerts: [HTML]
  /// Names of shipped scripts, `live.js`. Every page works without them.
  package let scripts: [String]
  /// Whether the telephone of the person who looks at it may keep a copy to be shown without network. The copy goes when
  /// they sign out, when their session is found to have ended, or when the page is met without this mark.
  package let offline: Bool
  /// How long such a copy is shown at most; nil: until it goes as said above.
  package let offlineTerm: Duration?

  package init(
    title: String, kind: PageKind = .resident, main: HTML, alerts: [HTML] = [], scripts: [String] = [],
    offline: Bool = false, offlineTerm: Duration? = nil
  ) {
    self.title = title
    self.kind = kind
    self.main = main
    self.alerts = alerts
    self.scripts = scripts
    self.offline = offline
    self.offlineTerm = offlineTerm
  }
}

/// One entry of the navigation.
package struct NavigationItem: Sendable {
  package let path: String
  package let name: Phrase
  /// Who sees it; nil for everyone.
  package let roles: Set<Role>?
  /// Whether it stands at the foot of every page besides: what somebody in distress must not look for.
  package let isUrgent: Bool

  package init(_ path: String, _ name: Phrase, roles: Set<Role>? = nil, isUrgent: Bool = false) {
    self.path = path
    self.name = name
    self.roles = roles
    self.isUrgent = isUrgent
  }

  package func isSeen(by roles: Set<Role>?) -> Bool {
    guard let needed = self.roles else { return true }
    return roles.map { !needed.isDisjoint(with: $0) } ?? false
  }
}
