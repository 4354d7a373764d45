import Database
import Kernel
import Messages
import People
import Security
import Web

/// The map of what the neighbourhood has: gifts of its people, groups, institutions, places, trade and stories.
struct AssetMap: Sendable {
  let ground: ResourceGround
  let desk: AssetDesk
  let questions: AssetQuestionDesk
  private let notices: AssetNotices

  init(ground: ResourceGround) {
    self.ground = ground
    notices = AssetNotices(
      directory: ground.directory, messenger: ground.messenger, merchants: ground.ports.merchants)
    desk = AssetDesk(directory: ground.directory, merchants: ground.ports.merchants)
    questions = AssetQuestionDesk(
      directory: ground.directory, merchants: ground.ports.merchants, notices: notices)
  }

  var gate: AssetGate { AssetGate(directory: ground.directory) }
  var parties: ResourceParties { ResourceParties(ground: ground) }

  static let navigation: [NavigationItem] = [
    NavigationItem("/assets", Phrase("身边的本事", "What we have here")),
    NavigationItem("/asset-desk", Phrase("社区资产图", "Asset map"), roles: ResourceStaff.roles),
  ]

  func register(on routes: inout Routes) {
    addResidentPages(&routes)
    addOwnPages(&routes)
    addQuestions(&routes)
    addDesk(&routes)
    addDeskSteps(&routes)
  }

  var jobs: [JobHandler] { AssetJobs.handlers(notices) }

  static let messageKinds = AssetNotices.kinds
  static let invariants = AssetInvariants.invariants
  static let retentionRules = [AssetJobs.rule, AssetJobs.questionRule]
}
