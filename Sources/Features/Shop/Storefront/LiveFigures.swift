import Database
import Kernel
import Web

/// A figure on a page that a commit may change, under the name that its element carries.
struct LiveFigure: Sendable, Equatable {
  let name: String
  let text: Phrase

  static func name(ofItem item: CampaignItemID) -> String { "left-\(item)" }
  static func tierName(ofItem item: CampaignItemID) -> String { "tier-\(item)" }
  static func name(ofCases item: CampaignItemID) -> String { "cases-\(item)" }
  static let progressName = "progress"

  static func all(
    _ page: ShelfPage, _ progress: CampaignProgress, of campaign: Campaign, at now: Timestamp
  ) -> [LiveFigure] {
    var figures = page.items.map {
      LiveFigure(name: name(ofItem: $0.item.id), text: $0.standing)
    }
    figures += page.items.compactMap { entry in
      CasePackPages.standingWords(entry, of: campaign).map {
        LiveFigure(name: name(ofCases: entry.item.id), text: $0)
      }
    }
    let phase = campaign.phase(at: now)
    figures += page.items.compactMap { entry in
      PriceTierWords.standing(entry, phase).map {
        LiveFigure(name: tierName(ofItem: entry.item.id), text: $0)
      }
    }
    if let progress = CampaignWords.progress(progress, to: campaign.minimum) {
      figures.append(LiveFigure(name: progressName, text: progress.label))
    }
    return figures
  }
}

/// The live figures of one page: all of them at first, then what has changed, at most once a second.
struct LiveFigures: Sendable {
  private static let pause = Duration.seconds(1)
  /// Where other programs change the same database, nobody tells this one; it looks again after so long.
  private static let lookAgain = Duration.seconds(5)

  let cache: StorefrontCache
  let campaign: CampaignID
  let community: CommunityID
  let after: Int
  let language: Language

  /// Ends when the reader goes away, or when the campaign can no longer be found.
  func events() -> AsyncStream<LiveEvent> {
    AsyncStream(bufferingPolicy: .bufferingNewest(256)) { continuation in
      let task = Task {
        defer { continuation.finish() }
        var shown: [String: String] = [:]
        for await _ in occasions() {
          guard let front = try? await cache.front(campaign, in: community),
            let figures = try? await cache.figures(front, after: after)
          else { return }
          for figure in figures where shown[figure.name] != figure.text[language] {
            shown[figure.name] = figure.text[language]
            continuation.yield(LiveEvent(figure.name, figure.text[language]))
          }
          guard (try? await Task.sleep(for: Self.pause)) != nil else { return }
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// Once at once, and then whenever there may be something new.
  private func occasions() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let changes = cache.database.changes(of: .campaignStock(campaign))
    let isShared = cache.database.dialect == .postgres
    let task = Task {
      continuation.yield()
      await withTaskGroup(of: Void.self) { group in
        group.addTask { for await _ in changes { continuation.yield() } }
        if isShared {
          group.addTask {
            while (try? await Task.sleep(for: Self.lookAgain)) != nil { continuation.yield() }
          }
        }
      }
    }
    continuation.onTermination = { _ in task.cancel() }
    return stream
  }
}
