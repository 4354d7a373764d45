import Kernel

/// A scripted trap: what the learner sees, what the learner may do, and a calm word at the end. Nobody is scolded: whoever
/// falls for it here does not fall for it outside.
struct PracticeTrap: Sendable {
  struct Choice: Sendable {
    let value: String
    let name: Phrase
    let isWise: Bool
  }

  let step: PracticeStep
  let title: Phrase
  let story: [Phrase]
  let choices: [Choice]
  let wise: Phrase
  let caught: Phrase
  /// How to tell, in one rule to keep.
  let rule: Phrase

  static func of(_ step: PracticeStep) -> PracticeTrap? {
    switch step {
    case .fakeLink: fakeLink
    case .wrongTotal: wrongTotal
    case .tickedExtra: tickedExtra
    case .refundCall: refundCall
    case .findShop, .search, .choose, .comparePrice, .checkTotal, .order, .change, .seeCode, .cancel, .claim:
      nil
    }
  }

  /// The choice with this value; for the pre-ticked extra, what was left ticked counts.
  func choice(_ value: String?) -> Choice? { choices.first { $0.value == value } }

  private static let fakeLink = PracticeTrap(
    step: .fakeLink, title: Phrase("手机收到一条短信", "A text message arrives"),
    story: [
      Phrase(
        "【快递】您的包裹丢失，可赔三倍。请点 kuaidi-peifu.example/88 填银行卡号，今天有效。",
        "[Parcel] Your parcel is lost; you are owed three times its price. Tap kuaidi-peifu.example/88 and enter your bank card. Today only."
      )
    ],
    choices: [
      Choice(value: "tap", name: Phrase("点进去看看", "Tap it and see"), isWise: false),
      Choice(
        value: "ask", name: Phrase("不点，去问团长或居委会", "Do not tap; ask the leader or the committee"), isWise: true
      ),
    ],
    wise: Phrase(
      "看出来了，真好。不点、不填、先问人，骗子就没办法。",
      "Well seen. Who does not tap, fills in nothing and asks first cannot be cheated."),
    caught: Phrase(
      "没关系，这里是练习，什么也没丢。很多人都会点，因为它催得急，又说要赔钱。",
      "No harm done: this is practice and nothing is lost. Many people tap, because it hurries them and promises money."
    ),
    rule: Phrase(
      "说丢了、要赔钱、又催您点链接的，先放下，打您自己存的电话问。",
      "If it says lost, promises money and hurries you to a link: put it down and call a number that you know."
    ))

  private static let wrongTotal = PracticeTrap(
    step: .wrongTotal, title: Phrase("付款前看一眼总数", "A look at the total before you pay"),
    story: [
      Phrase("青菜 2 把，每把 3.50 元", "Greens, 2 bunches at ¥3.50"),
      Phrase("鸡蛋 1 盒，每盒 12.00 元", "Eggs, 1 box at ¥12.00"),
      Phrase("合计 29.00 元", "Total ¥29.00"),
    ],
    choices: [
      Choice(value: "pay", name: Phrase("付 29.00 元", "Pay ¥29.00"), isWise: false),
      Choice(value: "report", name: Phrase("总数不对，告诉团长", "The total is wrong; tell the leader"), isWise: true),
    ],
    wise: Phrase(
      "对，7 元加 12 元是 19 元，多算了 10 元。算一算不是小气，是应该的。",
      "Right: 7 and 12 are 19, so it is 10 too much. Adding up is not mean; it is only right."),
    caught: Phrase(
      "没关系，一眼看不出来很正常。7 元加 12 元是 19 元，这里多写了 10 元。",
      "No harm done; it is easily missed. 7 and 12 are 19, and here it says 10 more."),
    rule: Phrase(
      "付钱前，先看件数，再看总数；不放心就请人一起算。",
      "Before you pay, look at the pieces, then at the total; add it up with somebody if you are unsure."))

  private static let tickedExtra = PracticeTrap(
    step: .tickedExtra, title: Phrase("下单前多了一行", "One more line before you order"),
    story: [
      Phrase("大米 1 袋，32.00 元", "Rice, 1 bag, ¥32.00"),
      Phrase("下面这一项已经替您勾好了，看看要不要。", "The line below was ticked for you. See whether you want it."),
    ],
    choices: [
      Choice(value: "extra", name: Phrase("加 5.00 元「贵宾服务」", "Add “VIP service” for ¥5.00"), isWise: false),
      Choice(value: "plain", name: Phrase("不要这一项", "Without it"), isWise: true),
    ],
    wise: Phrase(
      "看见了，也去掉了。没要的东西，一分钱也不用付。", "Seen and taken off. What you did not ask for you need not pay for."),
    caught: Phrase(
      "没关系，它就是做得不显眼。替您勾好的收费，都可以去掉。我们真的店里不许这样做。",
      "No harm done; it is made not to be noticed. Whatever was ticked for you can be taken off. Our real shop does not allow it."
    ),
    rule: Phrase(
      "下单前把打了勾的都看一遍，不要的就点掉。",
      "Before ordering, look at everything that is ticked and take off what you do not want."))

  private static let refundCall = PracticeTrap(
    step: .refundCall, title: Phrase("一个“客服”打来电话", "“Customer service” calls"),
    story: [
      Phrase(
        "“您好，您买的菜查出问题，我们给您退三倍的钱。”",
        "“Hello, something is wrong with your vegetables; we pay you three times the price.”"),
      Phrase(
        "“请您把手机上收到的验证码念给我，再下载一个软件，马上到账。”",
        "“Please read me the code on your telephone and install an app; the money is there at once.”"),
    ],
    choices: [
      Choice(value: "tell", name: Phrase("念验证码给他", "Read out the code"), isWise: false),
      Choice(value: "hang_up", name: Phrase("挂断，打居委会电话问", "Hang up and call the committee"), isWise: true),
    ],
    wise: Phrase("挂得好。真退款从来不要验证码，也不用装软件。", "Well done. A real refund never needs a code or an app."),
    caught: Phrase(
      "没关系，电话里一急，谁都可能念出去。这里是练习，什么也没少。",
      "No harm done; anyone may read it out when hurried. This is practice and nothing is gone."),
    rule: Phrase(
      "验证码谁也不给。要退钱，在自己的订单里看得到。", "A code is for nobody else. A real refund shows on your own order."))
}
