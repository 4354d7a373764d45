package import Database
import Kernel
import Metrics
import Synchronization

/// Where all orders are placed, changed and cancelled.
///
/// Requests that wait at the same time are decided together: one read of stock and limits under the community's lock,
/// one pure decision over the whole batch, one set-wise write, one commit. While a commit is on its way to disk the
/// next batch gathers, so a rush makes batches larger instead of queues longer.
package final class OrderDesk: Sendable {
  private struct Waiting: Sendable {
    let request: OrderRequest
    let answer: CheckedContinuation<OrderAnswer, any Error>
  }

  private struct Queue: Sendable {
    var waiting: [Waiting] = []
    var isScheduled = false

    /// What the next batch decides; more of it may be left.
    mutating func take() -> [Waiting] {
      defer { isScheduled = !waiting.isEmpty }
      if waiting.count <= OrderDesk.batchLimit {
        defer { waiting = [] }
        return waiting
      }
      defer { waiting.removeFirst(OrderDesk.batchLimit) }
      return Array(waiting.prefix(OrderDesk.batchLimit))
    }
  }

  /// The batch that one write has taken: kept here so that a repeated run of the write decides the same requests.
  private final class Batch: Sendable {
    let taken = Mutex<[Waiting]?>(nil)
  }

  private static let batchLimit = 512
  private let database: Database
  private let books: Bookkeeping
  private let people: Representation
  private let queues = Mutex<[CommunityID: Queue]>([:])
  /// How many requests each commit decided.
  private let batches = Recorder(label: "shop_order_batch")

  /// - Parameter people: who may act for whom.
  package init(_ database: Database, books: Bookkeeping, people: Representation) {
    self.database = database
    self.books = books
    self.people = people
  }

  /// Decides one request; returns once the decision is on disk.
  ///
  /// - Throws: `order.sold_out`, `order.limit_reached`, `campaign.closed` and the other problems of
  ///   `OrderProblems`; `idempotency.mismatch` when the key was used for another request.
  package func submit(_ request: OrderRequest) async throws -> OrderAnswer {
    try await withCheckedThrowingContinuation { continuation in
      let waiting = Waiting(request: request, answer: continuation)
      let schedules = queues.withLock { queues in
        queues[request.community, default: Queue()].waiting.append(waiting)
        if queues[request.community]?.isScheduled == true { return false }
        queues[request.community]?.isScheduled = true
        return true
      }
      if schedules { decideNextBatch(of: request.community) }
    }
  }

  private func decideNextBatch(of community: CommunityID) {
    let batch = Batch()
    database.write(in: community) { transaction in
      let waiting = batch.taken.withLock { taken in
        let waiting = taken ?? self.take(community)
        taken = waiting
        return waiting
      }
      return try OrderDesk.decide(waiting.map(\.request), self.books, self.people, in: transaction)
    } completion: { result in
      self.deliver(result, to: batch.taken.withLock { $0 } ?? self.take(community))
    }
  }

  /// Takes what waits; whoever comes after that schedules the next batch.
  private func take(_ community: CommunityID) -> [Waiting] {
    let (taken, isMore) = queues.withLock { queues in
      let taken = queues[community]?.take() ?? []
      return (taken, queues[community]?.isScheduled ?? false)
    }
    if isMore { decideNextBatch(of: community) }
    return taken
  }

  private func deliver(
    _ result: Result<[Result<OrderAnswer, Problem>], any Error>, to waiting: [Waiting]
  ) {
    switch result {
    case .success(let answers):
      batches.record(waiting.count)
      for (waiting, answer) in zip(waiting, answers) { waiting.answer.resume(with: answer) }
    case .failure(let error) where waiting.count > 1 && error is DatabaseError:
      // One request that the database refuses must not take the others down with it.
      for one in waiting { decideAlone(one, after: error) }
    case .failure(let error):
      for one in waiting { one.answer.resume(throwing: error) }
    }
  }

  private func decideAlone(_ waiting: Waiting, after error: any Error) {
    if case .outcomeUnknown? = error as? DatabaseError { return waiting.answer.resume(throwing: error) }
    database.write(in: waiting.request.community) { transaction in
      try OrderDesk.decide([waiting.request], self.books, self.people, in: transaction)
    } completion: {
      self.deliver($0, to: [waiting])
    }
  }

  // MARK: - One batch

  /// Decides requests in their order inside a transaction, and writes what follows from it.
  static func decide(
    _ requests: [OrderRequest], _ books: Bookkeeping, _ people: Representation, in transaction: Transaction
  ) throws -> [Result<OrderAnswer, Problem>] {
    var answers: [Result<OrderAnswer, Problem>?] = Array(repeating: nil, count: requests.count)
    var fresh: [Int] = []
    var firstOfKey: [RequestKey: Int] = [:]
    let known = try OrderAnswerStore.known(requests, in: transaction)
    for (index, request) in requests.enumerated() {
      if let earlier = firstOfKey[RequestKey(request)] {
        if requests[earlier].digest != request.digest { answers[index] = .failure(.idempotencyMismatch) }
      } else {
        firstOfKey[RequestKey(request)] = index
        if known.contains(index) { answers[index] = try OrderAnswerStore.earlier(request, in: transaction) }
        if answers[index] == nil { fresh.append(index) }
      }
    }
    try decideFresh(fresh, requests, &answers, books, people, in: transaction)
    return requests.indices.map { index in
      answers[index] ?? repeated(answers[firstOfKey[RequestKey(requests[index])] ?? index])
    }
  }

  private struct RequestKey: Hashable {
    let person: PersonID
    let key: String

    init(_ request: OrderRequest) {
      person = request.person
      key = request.key
    }
  }

  private static func decideFresh(
    _ fresh: [Int], _ requests: [OrderRequest], _ answers: inout [Result<OrderAnswer, Problem>?],
    _ books: Bookkeeping, _ people: Representation, in transaction: Transaction
  ) throws {
    if fresh.isEmpty { return }
    let state = try OrderDeskStore.state(for: fresh.map { requests[$0] }, books, people, in: transaction)
    var decider = OrderDecider(state) { transaction.newIdentifier() }
    var decided: [(request: OrderRequest, decision: OrderDecision)] = []
    decided.reserveCapacity(fresh.count)
    for index in fresh {
      let decision = decider.decide(requests[index])
      decided.append((requests[index], decision))
      answers[index] = answer(decision)
    }
    try OrderDeskStore.store(decided, decider.state, books, in: transaction)
    try OrderAnswerStore.store(decided, in: transaction)
  }

  /// The order that a request would make, change or cancel at this moment, on a ground that is not stored yet. Nothing
  /// is written.
  /// - Throws: what the desk would refuse it with.
  static func preview(
    _ request: OrderRequest, on ground: OrderGround, _ books: Bookkeeping, _ people: Representation,
    in transaction: Transaction
  ) throws -> Order {
    var state = try OrderDeskStore.state(for: [request], books, people, in: transaction)
    state.representation.grounds[request.authority] = ground
    var decider = OrderDecider(state) { transaction.newIdentifier() }
    return try answer(decider.decide(request)).get().order
  }

  private static func answer(_ decision: OrderDecision) -> Result<OrderAnswer, Problem> {
    switch decision {
    case .placed(let order, _), .changed(let order, _), .cancelled(let order, _):
      .success(OrderAnswer(order: order, isRepeated: false))
    case .refused(let problem): .failure(problem)
    }
  }

  private static func repeated(_ answer: Result<OrderAnswer, Problem>?) -> Result<OrderAnswer, Problem> {
    switch answer {
    case .success(let answer)?: .success(OrderAnswer(order: answer.order, isRepeated: true))
    case .failure(let problem)?: .failure(problem)
    case nil: .failure(.internalFault)
    }
  }
}
