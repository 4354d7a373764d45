import Kernel
import Web

/// The pages on which reviews are read, written and answered.
struct ReviewPages {
  let say: Wording

  private var parts: ReviewParts { ReviewParts(say: say) }

  // MARK: - Reading

  /// All reviews of a product, or of a merchant's goods.
  /// - Parameters:
  ///   - of: what is reviewed.
  ///   - path: of what is reviewed; the reviews stand below it.
  ///   - summary: on the first page alone.
  func all(
    of name: Phrase, at path: String, _ page: KeysetPage<ShownReview, ReviewID>, summary: ReviewSummary?
  ) -> Page {
    let title = say("「\(name.chinese)」的评价", "Reviews of “\(name.english)”")
    let head: HTML = summary.map { "\(parts.summary($0))\(rules)" } ?? .empty
    let nothing: HTML =
      page.elements.isEmpty && summary == nil
      ? PageParts.empty(say("这一页没有评价。", "There are no reviews on this page.")) : .empty
    let more = page.next.map { "\(path)/reviews?before=\($0)" }
    return Page(
      title: title,
      main: """
        <p><a href="\(path)">← \(say(name))</a></p><h1>\(title)</h1>\(head)\(nothing)\(parts.list(page.elements))\
        \(PageParts.pager(say, previous: summary == nil ? "\(path)/reviews" : nil, next: more))
        """)
  }

  /// How reviews come about and are counted: to be told to everybody (e-commerce law, 39).
  private var rules: HTML {
    """
    <details><summary>\(say("评价是怎么来的", "Where reviews come from"))</summary>\
    <p>\(say("只有取到货的住户能评价，取货后 90 天内，每样一次；团长和商户不能评价自家的。评价不删不改，新的排在前面，平均分把每一条都算在内。",
      "Only households that collected the goods review them, once for each line, within 90 days; leaders and merchants never their own. Reviews are not removed or changed, the newest stands first, and each counts in the average."))</p></details>
    """
  }

  // MARK: - Writing

  /// What one household does with one line of its order.
  struct Desk {
    let order: OrderID
    let position: Int
    let isCardSession: Bool
    let formToken: String
    /// What could not be done.
    var problem: Problem?
    let isDone: Bool

    var path: String { "/orders/\(order)/lines/\(position)/review" }

    /// For a page that tells the problem by itself.
    var withoutProblem: Desk {
      var desk = self
      desk.problem = nil
      return desk
    }
  }

  /// The form for a review that is not written yet.
  func writing(_ line: OrderLine, _ desk: Desk, _ state: FormState) -> Page {
    let parts = FormParts(state, say)
    let stars = Review.Rating.allCases.reversed().map { rating in
      (value: String(rating.stars), name: ReviewParts.words(rating))
    }
    let fields: HTML = """
      \(parts.radios("stars", Phrase("这样东西怎么样？", "How was it?"), options: stars))\
      \(parts.textArea("text", Phrase("说几句", "A few words"), hint: Self.openWords, rows: 5, isRequired: false))\
      \(parts.submit(Phrase("交评价", "Send the review")))
      """
    return page(
      line.name, desk,
      """
      <p>\(say("页面上只写“一位邻居”、购买的月份和规格。交上去就不能改、不能删，以后可以追评一次。",
        "Shown are only “a neighbour”, the month and the size. A review is never changed or removed; you can add to it once."))</p>\
      <p><a href="/account/consents">\(say("想写上您的称呼？先在这里同意，随时可以收回。", "Would you like your name there? Agree to it here; you can take it back at any time."))</a></p>\
      \(parts.form(to: desk.path, token: desk.formToken, fields))
      """)
  }

  /// Why a line cannot be reviewed.
  func refused(_ line: OrderLine, _ desk: Desk, _ problem: Problem) -> Page {
    let advice = problem.advice.map { " " + say($0) } ?? ""
    return page(
      line.name, desk.withoutProblem,
      PageParts.empty(
        say(problem.title) + advice, action: ("/orders/\(desk.order)", say("回到订单", "Back to the order"))))
  }

  /// The review that is written, with the way to add to it.
  func written(_ shown: ShownReview, _ desk: Desk, _ state: FormState) -> Page {
    let parts = FormParts(state, say)
    let form = parts.form(
      to: "\(desk.path)/follow-up", token: desk.formToken,
      """
      \(parts.textArea("follow_up", Phrase("追评", "Something to add"), hint: Self.openWords, rows: 4))\
      \(parts.submit(Phrase("交追评", "Add this")))
      """)
    let adding: HTML =
      shown.remarks[.household] == nil
      ? """
      <section class="panel"><h2>\(say("后来怎么样？", "And later?"))</h2>\
      <p>\(say("可以追评一次，交上去也不能再改。", "You can add to your review once; it is not changed afterwards."))</p>\(form)</section>
      """ : .empty
    return page(
      shown.name, desk,
      """
      <article class="card"><h2>\(say("您家的评价", "Your household's review"))</h2>\(self.parts.content(shown))</article>\
      \(adding)<p><a href="/products/\(shown.review.product)/reviews">\(say("看看别的邻居怎么说", "What other neighbours say"))</a></p>
      """)
  }

  private static let openWords = Phrase(
    "最多 \(ReviewText.limit) 字。大家都看得到，请别写姓名、门牌和电话。",
    "At most \(ReviewText.limit) characters. Everybody reads it: please no names, doors or telephone numbers."
  )

  private func page(_ name: Phrase, _ desk: Desk, _ content: HTML) -> Page {
    let title = say("评价「\(name.chinese)」", "Review of “\(name.english)”")
    let done = PageParts.notice(say("谢谢，邻居们能看到了。", "Thank you, neighbours can read it now."), .good)
    return Page(
      title: title,
      main: """
        <p><a href="/orders/\(desk.order)">← \(say("我家的订单", "The order"))</a></p><h1>\(title)</h1>\
        \(content)\(SharedTablet.finish(desk.isCardSession, formToken: desk.formToken, say))
        """, alerts: desk.problem.map(alert) ?? (desk.isDone ? [done] : []))
  }

  /// What is wrong with a field stands at the field.
  private func alert(_ problem: Problem) -> [HTML] {
    guard problem.fields.isEmpty else { return [] }
    return [PageParts.notice(say(problem.title) + (problem.advice.map { " " + say($0) } ?? ""), .bad)]
  }

  // MARK: - Answering

  /// What merchants and leaders have to answer, and have answered.
  func desk(
    _ page: ReviewStore.DeskPage, isFirst: Bool, isDone: Bool, formToken: String,
    voice: (ShownReview) -> ReviewRemark.Voice?
  ) -> Page {
    let nothing: HTML =
      page.waiting.isEmpty && page.answered.isEmpty
      ? PageParts.empty(
        say(
          "还没有评价。邻居取货后写的，会列在这里。",
          "No reviews yet. What neighbours write after pickup appears here."))
      : .empty
    func section(_ title: String, _ reviews: [ShownReview]) -> HTML {
      if reviews.isEmpty { return .empty }
      let cards = reviews.map { answerable($0, voice($0), formToken: formToken) }
      return "<section><h2>\(title)</h2>\(cards)</section>"
    }
    let done = PageParts.notice(say("回复登出来了。", "Your answer is shown now."), .good)
    return Page(
      title: say("评价", "Reviews"),
      main: """
        <h1>\(say("评价", "Reviews"))</h1>\
        <p>\(say("好的谢一声，不好的说说怎么改。每条只能回复一次，回复后不能改。",
          "Thank for the good ones, and tell what will change after the bad. Each is answered once, and not changed."))</p>\
        \(nothing)\(section(say("还没有回复的", "Without an answer"), page.waiting))\
        \(section(say("回复过的", "Answered"), page.answered))\
        \(PageParts.pager(say, previous: isFirst ? nil : "/desk/reviews",
          next: page.next.map { "/desk/reviews?after=\($0)" }))
        """, alerts: isDone ? [done] : [])
  }

  /// One review with its answer once more, because it could not be taken as it was sent.
  func refused(
    _ shown: ShownReview, _ voice: ReviewRemark.Voice, _ state: FormState, _ problem: Problem,
    formToken: String
  ) -> Page {
    let form: HTML =
      shown.remarks[voice] == nil ? answerForm(shown.review.id, state, formToken: formToken) : .empty
    return Page(
      title: say("回复评价", "Answer a review"),
      main: """
        <p><a href="/desk/reviews">← \(say("评价", "Reviews"))</a></p><h1>\(say("回复评价", "Answer a review"))</h1>\
        <article class="card">\(parts.content(shown))\(form)</article>
        """, alerts: alert(problem))
  }

  private func answerable(
    _ shown: ShownReview, _ voice: ReviewRemark.Voice?, formToken: String
  ) -> HTML {
    let form: HTML =
      voice.map { shown.remarks[$0] == nil } == true
      ? """
      <details><summary>\(say("写回复", "Write an answer"))</summary>\
      \(answerForm(shown.review.id, .empty, formToken: formToken))</details>
      """ : .empty
    return "<article class=\"card\">\(parts.content(shown))\(form)</article>"
  }

  private func answerForm(_ review: ReviewID, _ state: FormState, formToken: String) -> HTML {
    let parts = FormParts(state, say)
    return parts.form(
      to: "/desk/reviews/\(review)/answer", token: formToken,
      """
      \(parts.textArea(ReviewForm.answerField(review), Phrase("回复", "Answer"),
        hint: Phrase("最多 \(ReviewText.limit) 字，大家都看得到。", "At most \(ReviewText.limit) characters; everybody reads it."),
        rows: 3))\(parts.submit(Phrase("登出回复", "Show the answer")))
      """)
  }
}
