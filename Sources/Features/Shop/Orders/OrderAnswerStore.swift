import Database
import Foundation
import Kernel

/// What the desk answered to each key, so that a repeat gets the same and nothing happens twice.
///
/// A placed order carries its key itself. Refusals that the shop's rules give for good, changes and cancellations
/// are kept as stored answers for seven days.
enum OrderAnswerStore {
  /// Which of these requests carry a key that was used before. Nearly every key is new, so one question for the whole
  /// batch comes first.
  /// - Returns: their positions in `requests`.
  static func known(_ requests: [OrderRequest], in transaction: Transaction) throws -> Set<Int> {
    var keys = Rows(into: "shop_order", "person_id", "client_key")
    keys.reserve(requests.count)
    for request in requests { keys.append(values: [request.person.storedValue, .text(request.key)]) }
    let placed = try transaction.found(keys)
    return placed.union(try transaction.answered(requests.map(key), in: transaction.community))
  }

  /// The answer given before under this key; nil when the request is new.
  static func earlier(
    _ request: OrderRequest, in transaction: Transaction
  ) throws -> Result<OrderAnswer, Problem>? {
    let known: OrderID? = try transaction.value(
      "SELECT id FROM shop_order WHERE person_id = \(request.person) AND client_key = \(request.key)")
    if let known, let order = try OrderStore.find(known, in: transaction.community, transaction) {
      return order.requestDigest == request.digest
        ? .success(OrderAnswer(order: order, isRepeated: true)) : .failure(.idempotencyMismatch)
    }
    do {
      guard let stored = try transaction.storedAnswer(for: key(request), in: transaction.community)
      else { return nil }
      return try decoded(stored, in: transaction)
    } catch let problem as Problem {
      return .failure(problem)
    }
  }

  static func store(
    _ decided: [(request: OrderRequest, decision: OrderDecision)], in transaction: Transaction
  ) throws {
    var answers: [(IdempotencyKey, StoredAnswer)] = []
    for (request, decision) in decided {
      switch decision {
      case .placed: continue
      case .changed(let order, _), .cancelled(let order, _):
        answers.append((key(request), StoredAnswer(status: 200, body: Array(order.id.description.utf8))))
      case .refused(let problem) where problem.isFinalForOrders:
        let body = Array(try JSONEncoder().encode(problem))
        answers.append((key(request), StoredAnswer(status: problem.status, body: body)))
      case .refused: continue
      }
    }
    try transaction.store(answers)
  }

  private static func key(_ request: OrderRequest) -> IdempotencyKey {
    IdempotencyKey(
      principal: request.person, operation: "shop.order", key: request.key, digest: request.digest)
  }

  private static func decoded(
    _ stored: StoredAnswer, in transaction: Transaction
  ) throws -> Result<OrderAnswer, Problem> {
    guard stored.status == 200 else {
      return .failure(try JSONDecoder().decode(Problem.self, from: Data(stored.body)))
    }
    guard let id = OrderID(String(decoding: stored.body, as: UTF8.self)),
      let order = try OrderStore.find(id, in: transaction.community, transaction)
    else { return .failure(.internalFault) }
    return .success(OrderAnswer(order: order, isRepeated: true))
  }
}
