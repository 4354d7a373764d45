import Policy

/// What the policies of the demo say. District, offices and numbers are invented; no real paper is copied.
enum DemoPolicies {
  private static let civilAffairs = "桂江区民政局"
  private static let commerce = "桂江区商务委员会"
  private static let labour = "桂江区人力资源和社会保障局"
  private static let area = "桂江区"
  private static let hours = "周一到周五 9:00–11:30、13:30–17:00"
  private static let phone = "021-0000-0120"

  // MARK: - Home help for people over 80

  static func homeHelp(issued: PolicyDay, effective: PolicyDay) -> PolicyContent {
    PolicyContent(
      document: PolicyDocument(
        title: "高龄老人居家照护补贴办法", issuer: civilAffairs, number: "桂江民发〔2026〕12号", level: .district,
        field: .elders, area: area, issued: issued, effective: effective),
      words: PolicyPlainWords(
        summary: "80 岁以上、家里收入不高的老人，请人上门做饭、打扫、洗澡，区里每月补一部分钱。\n补贴直接付给上门的机构，老人自己只付差额。",
        audience: "本区户口，满 80 周岁，家里平均每人每月收入不超过当年标准的老人。",
        steps: [
          "带上材料，到居委会一楼窗口填一张表；走不动可以请居委会上门。", "十个工作日内有人上门看一看，问问平时怎么过日子。", "同意以后，从下个月起每月补贴。",
        ],
        documents: ["身份证", "户口簿", "近三个月的收入证明，比如养老金短信"], place: "桂花里社区居委会一楼 2 号窗口", hours: hours,
        phone: phone,
        benefits: [
          PolicyBenefit(
            what: "上门照护补贴", amount: PolicyBenefit.Amount(hundredths: 48_000, unit: .yuan),
            period: .month),
          PolicyBenefit(
            what: "上门照护", amount: PolicyBenefit.Amount(hundredths: 1_600, unit: .hours), period: .month),
        ]),
      english: PolicyEnglishWords(
        title: "Home help allowance for people over 80",
        summary:
          "People over 80 whose household has little income get a part of what home help costs: cooking, cleaning, washing. It is paid to the organisation that helps; you pay the difference.",
        steps: [
          "Bring your papers to window 2 of the neighbourhood committee and fill in a form; somebody comes to your home if you cannot walk.",
          "Within ten working days somebody visits and asks how you manage.",
          "Once it is agreed, it is paid from the next month on.",
        ]))
  }

  /// What residents' report brought about: shopping counts, and people over 75 who live alone are in.
  static func homeHelp(after first: PolicyContent, issued: PolicyDay) -> PolicyContent {
    var content = first
    content.document.number = "桂江民发〔2026〕57号"
    content.document.issued = issued
    content.document.effective = issued
    content.words.summary =
      "80 岁以上、或者 75 岁以上一个人住的老人，家里收入不高，请人上门做饭、打扫、洗澡、买菜，区里每月补一部分钱。\n补贴直接付给上门的机构，老人自己只付差额。"
    content.words.audience = "本区户口，满 80 周岁，或者满 75 周岁而且一个人住；家里平均每人每月收入不超过当年标准。"
    content.words.benefits.append(
      PolicyBenefit(
        what: "陪同买菜、代买菜", amount: PolicyBenefit.Amount(hundredths: 800, unit: .times), period: .month))
    content.english.title = "Home help allowance for elders"
    content.english.summary =
      "People over 80, and people over 75 who live alone, whose household has little income get a part of what home help costs: cooking, cleaning, washing, and from now on shopping too. It is paid to the organisation that helps; you pay the difference."
    content.whatChanged = "买菜也算上门照护，每月八次；75 岁以上一个人住的老人也可以申请。"
    return content
  }

  // MARK: - Small shops

  static func oldShopSubsidy(issued: PolicyDay, effective: PolicyDay) -> PolicyContent {
    PolicyContent(
      document: PolicyDocument(
        title: "社区小店开办补贴试行办法", issuer: commerce, number: "桂江商试〔2024〕3号", level: .district,
        field: .business, area: area, issued: issued, effective: effective),
      words: PolicyPlainWords(
        summary: "在社区里新开小店，一次性补贴 2,000 元。", audience: "营业执照办下来不到三个月的小店。",
        steps: ["到街道营商窗口交表。"], documents: ["营业执照"], place: "桂江街道营商服务窗口", hours: hours, phone: phone,
        benefits: [
          PolicyBenefit(
            what: "开办补贴", amount: PolicyBenefit.Amount(hundredths: 200_000, unit: .yuan), period: .once)
        ]),
      english: PolicyEnglishWords(
        title: "Trial subsidy for opening a small shop",
        summary: "Whoever opens a small shop in a neighbourhood gets ¥2,000 once.",
        steps: ["Hand in the form at the business window of the street office."]))
  }

  static func shopSubsidy(
    issued: PolicyDay, effective: PolicyDay, expires: PolicyDay, replacing old: PolicyID
  ) -> PolicyContent {
    PolicyContent(
      document: PolicyDocument(
        title: "社区小店开办扶持办法", issuer: commerce, number: "桂江商发〔2026〕8号", level: .district,
        field: .business, area: area, issued: issued, effective: effective, expires: expires, replaces: old),
      words: PolicyPlainWords(
        summary: "在社区里新开的小店，执照办下来半年以内可以领一次性补贴。\n失业登记过的人开店，补得多一些。",
        audience: "在本区领了营业执照、还不到六个月的小店店主。",
        steps: ["在网上或街道营商窗口填申请。", "有人到店里看一次，主要看有没有真的开门。", "公示五天，没有异议就打到账上。"],
        documents: ["营业执照", "店主身份证", "店面租约或产权证明", "失业登记证明（有的话）"], place: "桂江街道营商服务窗口",
        hours: hours, phone: phone,
        benefits: [
          PolicyBenefit(
            what: "开办补贴", amount: PolicyBenefit.Amount(hundredths: 500_000, unit: .yuan), period: .once),
          PolicyBenefit(
            what: "失业登记过的店主另加", amount: PolicyBenefit.Amount(hundredths: 300_000, unit: .yuan),
            period: .once),
        ]),
      english: PolicyEnglishWords(
        title: "Support for opening a small shop",
        summary:
          "A new small shop in a neighbourhood gets a subsidy once, within six months of its licence. Owners who were registered as out of work get more.",
        steps: [
          "Apply online or at the business window of the street office.",
          "Somebody looks at the shop once, mainly whether it is open.",
          "After five days of public notice without objection it is paid.",
        ]))
  }

  // MARK: - Delivery fees

  static func deliveryRelief(issued: PolicyDay, effective: PolicyDay, expires: PolicyDay) -> PolicyContent {
    PolicyContent(
      document: PolicyDocument(
        title: "困难家庭生活物资配送费减免办法", issuer: civilAffairs, number: "桂江民发〔2026〕20号", level: .district,
        field: .relief, area: area, issued: issued, effective: effective, expires: expires),
      words: PolicyPlainWords(
        summary: "低保、低收入和特困家庭，在社区团购买菜，送到家的配送费由区里出。\n每月最多减八次，不用自己先垫。",
        audience: "认定过低保、低收入或特困的家庭；残疾证一级、二级的人也算。",
        steps: ["到居委会登记一次，以后不用再交材料。", "下单时选“送到家”，配送费自动免掉。"],
        documents: ["身份证", "低保证、低收入认定书或残疾证，有一样就行"], place: "桂花里社区居委会一楼 2 号窗口", hours: hours,
        phone: phone,
        benefits: [
          PolicyBenefit(
            what: "免配送费", amount: PolicyBenefit.Amount(hundredths: 800, unit: .times), period: .month)
        ]),
      english: PolicyEnglishWords(
        title: "Free delivery for households in hardship",
        summary:
          "Households that are recognised as poor, of low income or in extreme hardship pay no delivery fee when they order groceries together with their neighbours: up to eight times a month.",
        steps: [
          "Register once with the neighbourhood committee.",
          "Choose “to the door” when you order; the fee is taken off by itself.",
        ]))
  }

  // MARK: - Job fair

  static func jobFair(issued: PolicyDay, effective: PolicyDay, expires: PolicyDay) -> PolicyContent {
    PolicyContent(
      document: PolicyDocument(
        title: "家门口招聘会求职补贴办法", issuer: labour, number: "桂江人社发〔2026〕41号", level: .district,
        field: .work, area: area, issued: issued, effective: effective, expires: expires),
      words: PolicyPlainWords(
        summary: "去区里办的家门口招聘会找工作，每次补交通和误餐费。\n谈成了、签了合同，再补一笔。",
        audience: "登记过失业的人，和毕业还没找到工作的本市居民。",
        steps: ["到招聘会现场签到，领一张参会单。", "一个月内把参会单交到街道就业窗口。", "签了劳动合同的，把合同带来再领一笔。"],
        documents: ["身份证", "失业登记证明或毕业证", "招聘会参会单"], place: "桂江街道就业服务窗口", hours: hours, phone: phone,
        benefits: [
          PolicyBenefit(
            what: "参会补贴", amount: PolicyBenefit.Amount(hundredths: 5_000, unit: .yuan), period: .each),
          PolicyBenefit(
            what: "签约补贴", amount: PolicyBenefit.Amount(hundredths: 80_000, unit: .yuan), period: .once),
        ]),
      english: PolicyEnglishWords(
        title: "Allowance for visiting job fairs",
        summary:
          "Whoever looks for work at a job fair near home gets ¥50 each time for travel and lunch, and ¥800 once a contract is signed.",
        steps: [
          "Sign in at the fair and take a slip.", "Hand the slip in at the jobs window within a month.",
          "With a contract, bring it along for the second part.",
        ]))
  }
}
