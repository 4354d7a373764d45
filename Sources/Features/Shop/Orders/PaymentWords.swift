package import Kernel
package import Web

/// How an order is paid, in words: cash in a live community, practice money in a practice shop. Every page that says how or
/// how much somebody pays by hand takes its words from here, so that no page of a practice shop speaks of cash.
package struct PaymentWords: Sendable {
  private let say: Wording

  package init(_ say: Wording) { self.say = say }

  /// How an order is paid: `取货时付现金`, `Cash at pickup`.
  package func way(_ method: Order.PaymentMethod) -> String {
    switch method {
    case .cashAtPickup:
      say.isPractice ? say("取货时付练习币", "Practice money at pickup") : say("取货时付现金", "Cash at pickup")
    }
  }

  /// How the paying of an order stands: `待付款`, `To be paid`.
  package func standing(_ payment: Order.Payment) -> String {
    guard say.isPractice else { return say(payment.name) }
    return switch payment {
    case .due: say("待付练习币", "Practice money to be paid")
    case .received: say("练习币已付", "Paid with practice money")
    case .void: say(payment.name)
    }
  }

  /// What an order says of its paying: the way while something is due, the standing afterwards.
  package func payment(of order: Order) -> String {
    order.payment == .due ? way(order.paymentMethod) : standing(order.payment)
  }

  /// What a field is called into which the money that was handed over is written.
  package var received: Phrase {
    say.isPractice
      ? Phrase("收到练习币", "Practice money received") : Phrase("收到现金", "Cash received")
  }

  /// What stands before the sum that is to be taken at a door.
  package var toTake: String {
    say.isPractice ? say("要收练习币", "Practice money to take") : say("要收现金", "Cash to take")
  }

  /// `收 ¥12.50`, `¥12.50 taken`
  package func taken(_ amount: Money) -> String {
    say.isPractice
      ? say("收练习币 \(amount.display)", "\(amount.display) of practice money taken")
      : say("收 \(amount.display)", "\(amount.display) taken")
  }

  /// What stands before a sum that was paid.
  package var paid: String { say.isPractice ? say("付了练习币", "Paid with practice money") : say("付了", "Paid") }

  /// What stands before a sum that is still to be paid.
  package var stillDue: String {
    say.isPractice ? say("还没付的练习币", "Practice money still to be paid") : say("还没付", "Still to be paid")
  }
}
