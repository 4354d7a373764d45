import Database
import Messages
import People
import Web

/// Logistics of the community: places that can be had for a time. Source: paper 5.3.
struct Logistics: Sendable {
  let ground: ResourceGround
  let desk: BookingDesk

  init(ground: ResourceGround) {
    self.ground = ground
    desk = BookingDesk(ground: ground)
  }

  static let navigation: [NavigationItem] = []

  /// Its doors.
  func register(on routes: inout Routes) {}

  var jobs: [JobHandler] { [ForgetPurposes.handler] }

  static let messageKinds: [MessageKind] = []
  static let invariants: [Invariant] = BookingInvariants.invariants
  static let retentionRules: [RetentionRule] = [ForgetPurposes.rule]
}
