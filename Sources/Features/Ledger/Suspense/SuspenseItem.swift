import Database
import Kernel

/// A line whose money waits until somebody says what it is.
struct SuspenseItem: Sendable, Equatable {
  let line: StatementLineID
  let lineAmount: Money
  /// When the bank booked it: from then on it waits.
  let moment: Timestamp
  /// What is not explained yet, with the line's sign.
  var left: Money
  /// How many explanations it has, those that were taken back included.
  var explanations: Int

  var isIncoming: Bool { lineAmount > .zero }

  /// Whole days since the bank booked it.
  func age(at now: Timestamp) -> Int { max(0, Int((now.seconds - moment.seconds) / 86_400)) }
}

/// What a person says a line, or a part of it, is.
struct SuspenseAnswer: Sendable, Equatable {
  enum What: Sendable, Equatable {
    case order(campaign: CampaignID, number: Int64)
    case recorded(Journal.Source)
    case returned
    case fee
    case community

    var kind: Explanation.Kind {
      switch self {
      case .order: .payment
      case .recorded: .recorded
      case .returned: .returned
      case .fee: .fee
      case .community: .community
      }
    }
  }

  /// How many explanations the person saw: with more by now, somebody answered before.
  let seen: Int
  /// Positive, whichever way the money went.
  let amount: Money
  let what: What
}

extension SuspenseItem {
  /// The part that an answer is about, with the line's sign.
  /// - Throws: `form.invalid` naming `amount` or `what`.
  func part(_ answer: SuspenseAnswer) throws -> Money {
    let open = isIncoming ? left : try Money.zero.subtracting(left)
    guard answer.amount > .zero, answer.amount <= open else { throw Problem.suspenseMoreThanLeft(open) }
    switch answer.what {
    case .order, .returned:
      if !isIncoming { throw Problem.suspenseWentOut }
    case .recorded, .fee, .community: break
    }
    return isIncoming ? answer.amount : try Money.zero.subtracting(answer.amount)
  }
}

extension Problem {
  static func suspenseMoreThanLeft(_ open: Money) -> Problem {
    Problem.invalid([
      FieldProblem(
        "amount",
        open > .zero
          ? Phrase("这里只剩 \(open.display) 没有处理。", "Only \(open.display) of it is still open.")
          : Phrase("这一笔已经全部处理完了。", "All of it has been explained."))
    ])
  }

  static let suspenseWentOut = Problem.invalid([
    FieldProblem(
      "what", Phrase("这是付出去的钱，不能记成订单的付款或退回。", "This went out: it can be no payment and not be returned."))
  ])

  static let suspenseNoSuchOrder = Problem.invalid([
    FieldProblem("number", Phrase("这一团里没有这个号的订单。", "The group-buy has no order of this number."))
  ])

  static let suspenseNotRecorded = Problem.invalid([
    FieldProblem(
      "recorded",
      Phrase("账上没有金额相同、还没对上的这一笔。", "The books have no such movement of this amount that is still open."))
  ])

  /// - Parameter earlier: how it was answered; nil when only the page is old.
  static func suspenseAnswered(_ earlier: Explanation.Kind?) -> Problem {
    Problem(
      "suspense.answered", status: 409,
      earlier.map {
        Phrase("这一笔刚才已经处理过：\($0.name.chinese)。", "This was answered before: \($0.name.english).")
      } ?? Phrase("这一笔刚才已经有人处理了。", "Somebody has answered this meanwhile."),
      advice: Phrase("下面是处理结果，这次没有再记。", "Below is how; nothing was recorded again."))
  }

  static let suspenseWithdrawnBefore = Problem(
    "suspense.withdrawn", status: 409, Phrase("这个处理已经撤销过了。", "This answer was taken back before."),
    advice: Phrase("请看下面的记录。", "Please see the record below."))

  static let suspensePaymentSpent = Problem(
    "suspense.payment_spent", status: 409,
    Phrase("这笔付款已经退过一部分，不能再改到别处。", "Part of this payment went back already; it cannot be moved."),
    advice: Phrase("请在账房里看这个订单的退款。", "Please see the order's refunds in the money office."))
}
