package import Kernel

/// Who may use a route.
package enum Access: Sendable, Equatable {
  /// Anyone; nobody is recognised, no session is looked up: static files, health.
  case stateless
  /// Anyone; whoever is signed in is recognised.
  case everyone
  case signedIn
  /// Whoever holds at least one of these roles.
  case roles(Set<Role>)

  /// Access that leaves it open who is there; the handler takes a `Visit`.
  package enum Open: Sendable {
    case stateless
    case everyone

    var access: Access { self == .stateless ? .stateless : .everyone }
  }

  /// Access that asks for a person; the handler takes a `SignedIn`.
  package enum Personal: Sendable {
    case signedIn
    case roles(Set<Role>)

    var access: Access {
      switch self {
      case .signedIn: .signedIn
      case .roles(let roles): .roles(roles)
      }
    }
  }

  /// Whether someone with these roles may enter; nil stands for someone who is not signed in.
  package func admits(_ roles: Set<Role>?) -> Bool {
    switch self {
    case .stateless, .everyone: true
    case .signedIn: roles != nil
    case .roles(let required): roles.map { !required.isDisjoint(with: $0) } ?? false
    }
  }
}

/// Over which things a route works.
package enum Objects: Sendable, Equatable {
  /// No stored thing.
  case none
  /// Things of the visitor's community that everyone who may enter sees alike.
  case community
  /// Things that belong to the visitor in the way that the words say: `own("household's orders")`.
  case own(String)
}
