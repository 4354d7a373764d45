import Database
import Kernel
import Messages
import People
import Web

/// The support network: organisations, who acts for them, what they promised and kept, and what they do for people.
struct Organisations: Sendable {
  let ground: ResourceGround

  init(ground: ResourceGround) {
    self.ground = ground
  }

  var desk: OrganisationDesk { OrganisationDesk(ground: ground) }

  static let navigation: [NavigationItem] = [
    NavigationItem("/organisation-desk", Phrase("支持网络", "Support network"), roles: ResourceStaff.roles)
  ]

  func register(on routes: inout Routes) {
    addResidentPages(&routes)
    addDesk(&routes)
    addDeskParts(&routes)
    addServiceDesk(&routes)
  }

  /// Nothing is done later: what is out of date is left out by the queries.
  var jobs: [JobHandler] { [] }

  static let messageKinds: [MessageKind] = []
  static let invariants = OrganisationInvariants.invariants
  static let retentionRules: [RetentionRule] = []
}
