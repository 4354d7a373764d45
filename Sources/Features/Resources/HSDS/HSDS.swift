import Database
import Hummingbird
import Kernel
import Messages
import People
import Web

/// What organisations do for people as directories elsewhere read it: the read-only API of HSDS 3.0.
struct HSDS: Sendable {
  let ground: ResourceGround

  init(ground: ResourceGround) {
    self.ground = ground
  }

  /// Programs alone read it.
  static let navigation: [NavigationItem] = []

  func register(on routes: inout Routes) {
    addDoors(&routes)
  }

  var jobs: [JobHandler] { [] }
  static let messageKinds: [MessageKind] = []
  static let invariants: [Invariant] = []
  static let retentionRules: [RetentionRule] = []
}
