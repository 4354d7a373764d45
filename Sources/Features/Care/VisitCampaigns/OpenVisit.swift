package import Database
package import Kernel
package import People

/// A campaign of visits that somebody may see: there is no other way to one than through the check.
package struct OpenVisit: OpenMatter {
  package var campaign: VisitCampaign
  package let access: VisitAccess
  package let reader: CaseReader

  fileprivate init(campaign: VisitCampaign, access: VisitAccess, reader: CaseReader) {
    self.campaign = campaign
    self.access = access
    self.reader = reader
  }

  package var id: VisitCampaignID { campaign.id }
  var client: PersonID? { nil }
  var events: Int64 { campaign.events }
  /// Whoever may not arrange it is not to learn of it here.
  var refusal: Problem { .notFound }
  static var stale: Problem { .visitStale }

  /// The reader, in the role in which they have to do with it.
  package var actor: Actor { reader.visiting(access.relation) }

  /// - Throws: `not_found` for those who may not arrange it.
  package func requireArranging() throws { try require(\.mayArrange) }

  /// The sealed texts of this campaign that its reader may read: all of them, or none.
  var texts: TextScope { .visits(access.mayArrange ? [id] : []) }
}

extension CaseReader {
  func visiting(_ relation: VisitRelation) -> Actor {
    let role: Role =
      switch relation {
      case .runner: roles.contains(.socialWorker) ? .socialWorker : .supervisor
      case .supervisor: .supervisor
      case .visitor: [.socialWorker, .supervisor].first(where: roles.contains) ?? .resident
      }
    return Actor(person: person, role: role)
  }
}

/// Where it is decided which campaigns of visits exist for whom.
package enum VisitDoorkeeper {
  /// A campaign, for whoever may see it.
  /// - Throws: `not_found` alike for campaigns that are not there and for those of others.
  package static func open(
    _ id: VisitCampaignID, for reader: CaseReader, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> OpenVisit {
    let scope = VisitScope(reader, at: snapshot.now)
    guard let campaign = try VisitStore.find(id, scope, in: community, snapshot) else {
      throw Problem.notFound
    }
    let facts = VisitAccess.Facts(
      runner: campaign.terms.runner, supervisor: campaign.terms.supervisor,
      isRunning: campaign.isRunning(at: snapshot.now),
      hasDoor: try VisitDoorStore.hasDoor(reader.person, of: id, in: community, snapshot))
    guard let access = VisitAccess.of(reader, to: facts) else { throw Problem.notFound }
    return OpenVisit(campaign: campaign, access: access, reader: reader)
  }
}
