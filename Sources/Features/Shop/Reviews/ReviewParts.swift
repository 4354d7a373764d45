import Kernel
import Web

/// What pages show of reviews: stars with their word, what was bought, what was said; who only by
/// the name of those who agreed to it, and never where.
struct ReviewParts {
  let say: Wording

  /// `★★★★☆ 4 星，好`: the drawing only repeats the words.
  func rating(_ rating: Review.Rating) -> HTML {
    let drawn = String(repeating: "★", count: rating.stars) + String(repeating: "☆", count: 5 - rating.stars)
    return """
      <strong><span aria-hidden="true">\(drawn)</span> \(say(Self.words(rating)))</strong>
      """
  }

  static func words(_ rating: Review.Rating) -> Phrase {
    Phrase(
      "\(rating.stars) 星，\(rating.name.chinese)",
      "\(rating.stars) \(rating.stars == 1 ? "star" : "stars"), \(rating.name.english)")
  }

  /// What stands in a review's card.
  func content(_ shown: ShownReview) -> HTML {
    let name = "\(say(shown.name))\(shown.pack.chinese.isEmpty ? "" : " · \(say(shown.pack))")"
    let month = say.month(shown.boughtAt)
    let remarks = shown.said.map { remark($0.voice, $0.remark) }
    return """
      <p>\(rating(shown.review.rating))</p>\
      <p class="muted">\(shown.signature ?? say("一位邻居", "a neighbour")) · \(name) · \(say("\(month)购买", "bought in \(month)"))</p>\
      \(TextParts.paragraphs(shown.review.text))\(remarks)
      """
  }

  private func remark(_ voice: ReviewRemark.Voice, _ remark: ReviewRemark) -> HTML {
    """
    <div class="remark"><p class="muted">\(say(voice.name))</p>\(TextParts.paragraphs(remark.text))</div>
    """
  }

  func list(_ reviews: [ShownReview]) -> HTML {
    .joined(reviews.map { "<article class=\"card\">\(content($0))</article>" })
  }

  /// The average and how it came about; below three reviews only how many there are.
  func summary(_ summary: ReviewSummary) -> HTML {
    guard let average = summary.average else {
      return "<p class=\"muted\">\(tooFew(summary))</p>"
    }
    let shares = summary.shares.map { share -> HTML in
      let words = Self.words(share.rating)
      let label = Phrase(
        "\(words.chinese)：\(share.count) 条，\(share.percent)%",
        "\(words.english): \(share.count), \(share.percent)%")
      return "<li>\(PageParts.progress(Int(share.count), of: Int(summary.count), label: say(label)))</li>"
    }
    return """
      <p><strong>\(say("平均 \(average) 星", "\(average) stars on average"))</strong>\
      \(say("，共 \(summary.count) 条评价", " of \(summary.count) reviews"))</p>\
      <ul class="plain">\(shares)</ul>
      """
  }

  private func tooFew(_ summary: ReviewSummary) -> String {
    summary.count == 0
      ? say(
        "还没有评价。取到货的邻居，可以从自己的订单里写。", "No reviews yet. Whoever has collected it can write one from the order.")
      : say(
        "评价还只有 \(summary.count) 条，满 \(ReviewSummary.averageFrom) 条再算平均。",
        "\(say.count(summary.count, "条", "review")) so far; an average is given from \(ReviewSummary.averageFrom) on."
      )
  }

  /// The part of a product's page.
  /// - Parameter newest: the first few of them.
  func section(_ product: ProductID, _ summary: ReviewSummary, newest: [ShownReview]) -> HTML {
    let more: HTML =
      summary.count > Int64(newest.count)
      ? """
      <p class="actions"><a class="button quiet" href="/products/\(product)/reviews">\
      \(say("看全部 \(summary.count) 条评价", "All \(summary.count) reviews"))</a></p>
      """ : .empty
    return """
      <section id="reviews" aria-labelledby="reviews-title"><h2 id="reviews-title">\(say("邻居的评价", "What neighbours say"))</h2>\
      \(self.summary(summary))\(list(newest))\(more)</section>
      """
  }

  /// The line of a merchant's page; nothing while there are no reviews.
  func line(_ merchant: MerchantID, _ summary: ReviewSummary) -> HTML {
    if summary.count == 0 { return .empty }
    let words =
      summary.average.map {
        say(
          "邻居给他家的商品平均 \($0) 星，共 \(summary.count) 条评价",
          "Neighbours give these products \($0) stars on average, \(summary.count) reviews")
      } ?? say("\(summary.count) 条评价", say.count(summary.count, "条", "review"))
    return """
      <p><a class="button quiet" href="/merchants/\(merchant)/reviews">\(words)</a></p>
      """
  }

  /// The way to a review from a line of the household's order; nothing before it was collected.
  static func link(to line: OrderLine, of order: OrderID, _ say: Wording) -> HTML {
    guard line.collected > 0 else { return .empty }
    return """
      <p class="line-action"><a class="button quiet" href="/orders/\(order)/lines/\(line.position)/review" \
      aria-label="\(say("评价：\(line.name.chinese)", "Review: \(line.name.english)"))">\(say("评价", "Review"))</a></p>
      """
  }
}
