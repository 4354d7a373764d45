package import Database
import Kernel

/// Begins the rounds that gather ties and freeze figures, and makes up at once for what they would do step by step.
package struct FigureEntries: Sendable {
  let network: NeighbourhoodNetwork
  let dashboard: CommunityDashboard

  /// Gathers all ties of the time before, and asks for the reports of the quarter that ended last and of the one that runs.
  ///
  /// The reports are computed in the background, see ``Resources/networkWork``.
  /// - Throws: what other features throw where they are asked for ties.
  package func gather(offsetSeconds: Int, in transaction: Transaction) throws {
    let (sources, recorder) = (network.sources, network.recorder)
    var from = transaction.now - GatherTies.firstLook
    while from < transaction.now {
      let until = min(transaction.now, from + GatherTies.span)
      for source in [sources.traded, sources.together] {
        try recorder.record(try source(from, until, transaction.community, transaction), in: transaction)
      }
      from = until
    }
    try TieStore.setGathered(until: transaction.now, in: transaction)
    let running = Quarter(transaction.now, offsetSeconds: offsetSeconds)
    for quarter in [running.previous, running] { try NetworkRequests.ask(quarter, by: nil, in: transaction) }
    try GatherTies.begin(offsetSeconds: offsetSeconds, in: transaction)
  }

  /// Freezes the figures of so many months that have ended.
  /// - Throws: what other features throw where they are asked for figures.
  package func freeze(months: Int, offsetSeconds: Int, in transaction: Transaction) throws {
    let work = FreezeIndicators(sources: dashboard.sources)
    let last = Month(transaction.now, offsetSeconds: offsetSeconds).previous
    for month in last.months(back: months) {
      try work.freeze(month, offsetSeconds: offsetSeconds, in: transaction)
    }
    try FreezeIndicators.begin(offsetSeconds: offsetSeconds, in: transaction)
  }
}

extension Resources {
  /// Where the rounds of ties and figures are begun from elsewhere in the program.
  package var figureEntries: FigureEntries { FigureEntries(network: network, dashboard: dashboard) }
}
