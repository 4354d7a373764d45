import Database
import Kernel
import Messages
import People
import Web

/// Who has to do with whom in the neighbourhood: ties of all sources, quarter by quarter, told as a whole.
struct NeighbourhoodNetwork: Sendable {
  let ground: ResourceGround
  let sources: TieSources

  /// - Parameter sources: ties that other features know of.
  init(ground: ResourceGround, sources: TieSources = .none) {
    self.ground = ground
    self.sources = sources
  }

  /// Where ties are kept.
  var recorder: TieRecorder { TieRecorder(directory: ground.directory) }

  static let navigation: [NavigationItem] = [
    NavigationItem("/network-desk", Phrase("邻里网络季报", "Network by quarter"), roles: ResourceStaff.roles)
  ]

  func register(on routes: inout Routes) {
    addResidentPage(&routes)
    addDesk(&routes)
  }

  var jobs: [JobHandler] { [GatherTies(sources: sources, recorder: recorder).handler] }

  /// Computes the reports that were asked for.
  var work: NetworkWork { NetworkWork(database: ground.database, directory: ground.directory) }

  static let messageKinds: [MessageKind] = []

  static let invariants = TieInvariants.invariants

  static let retentionRules = [GatherTies.rule]
}
