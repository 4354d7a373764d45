import Database
package import Kernel

extension Bookkeeping {
  /// The same books for real communities, and play money for practice shops: nothing of theirs reaches a journal, and nothing
  /// can be paid through a service.
  package func playing(in isPractice: @escaping @Sendable (CommunityID) -> Bool) -> Bookkeeping {
    let real = self
    return Bookkeeping(
      paid: { orders, community, snapshot in
        try isPractice(community)
          ? PracticeMoneyStore.paid(orders, in: community, snapshot) : real.paid(orders, community, snapshot)
      },
      takeCash: { cash, actor, transaction in
        if !isPractice(transaction.community) { try real.takeCash(cash, actor, transaction) }
      },
      deliver: { delivery, actor, transaction in
        if !isPractice(transaction.community) { try real.deliver(delivery, actor, transaction) }
      },
      settle: { settlement, actor, transaction in
        if !isPractice(transaction.community) { try real.settle(settlement, actor, transaction) }
      },
      finish: { campaign, returnsUntil, transaction in
        if !isPractice(transaction.community) { try real.finish(campaign, returnsUntil, transaction) }
      },
      platformRate: { community, snapshot in
        try isPractice(community) ? .none : real.platformRate(community, snapshot)
      },
      funds: { community, snapshot in try isPractice(community) ? [] : real.funds(community, snapshot) },
      money: { order, community, snapshot in
        try isPractice(community) ? OrderMoney() : real.money(order, community, snapshot)
      })
  }
}
