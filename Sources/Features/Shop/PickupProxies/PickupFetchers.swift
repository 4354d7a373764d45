import Kernel

/// Who may fetch one order at one moment, as the handover's own transaction read it.
struct PickupFetchers: Sendable {
  let order: Order
  /// Everything that was ever agreed for the order, in force or not.
  let agreed: [PickupProxy]
  /// The leave that the desk named; nil where it named none.
  let named: PickupProxyID?
  /// Who hands over.
  let actor: PersonID
  let now: Timestamp

  /// The owner of a code: the household, for which `fetcher` is nil, or a neighbour.
  struct Match: Sendable, Equatable {
    let fetcher: PickupFetcher?
  }

  /// The neighbour that the desk named, for a handover without a code; nil where it named none.
  /// - Throws: `pickup_proxy.not_in_force` for leaves that are unknown, ended, out of date or for other orders;
  ///   `pickup_proxy.yourself`.
  func namedFetcher() throws -> PickupFetcher? {
    guard let named else { return nil }
    guard let proxy = agreed.first(where: { $0.id == named }) else { throw Problem.pickupProxyNotFound }
    return try fetcher(under: proxy)
  }

  /// Whose code it is; nil where it is nobody's.
  ///
  /// A code of somebody whose leave has ended is told apart from a wrong one, so that the table knows what to say: it takes
  /// the right six digits to learn of it.
  /// - Parameter isCode: whether it is the code of this leave; nil stands for the household.
  /// - Throws: as `namedFetcher()`.
  func whose(_ isCode: (PickupProxyID?) -> Bool) throws -> Match? {
    if named == nil, isCode(nil) { return Match(fetcher: nil) }
    let candidates = named.map { id in agreed.filter { $0.id == id } } ?? agreed
    let matching = candidates.filter { isCode($0.id) }
    guard let proxy = matching.first(where: { $0.allows(order, at: now) }) ?? matching.first else {
      return nil
    }
    return Match(fetcher: try fetcher(under: proxy))
  }

  private func fetcher(under proxy: PickupProxy) throws -> PickupFetcher {
    guard proxy.allows(order, at: now), let person = proxy.neighbour else {
      throw Problem.pickupProxyNotFound
    }
    guard person != actor else { throw Problem.pickupProxyIsYourself }
    return PickupFetcher(proxy: proxy.id, person: person)
  }
}
