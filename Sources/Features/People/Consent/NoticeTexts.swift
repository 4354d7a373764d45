import Kernel

/// The notices that a community begins with. Other words are a new version, never a change of one that is here.
enum NoticeTexts {
  static let all: [NoticeContent] = [
    wellbeing, relative, story, reviews, photos, statistics, totals, casework, referral, gifts, ties,
  ]

  private static let contact = Phrase(
    "打页面和纸下方的电话，找服务站的社工。", "Call the number below and ask for a social worker.")
  private static let withdrawal = Phrase(
    "在这个页面按“收回同意”，或者打电话、当面说一声，马上算数。以前做过的事照旧。",
    "Press “Take it back” on this page, call, or say so: it counts at once. What was done before stands.")

  private static let wellbeing = NoticeContent(
    code: "wellbeing-check", version: 1, separateFor: .sensitive,
    title: Phrase("送货时顺便看看您好不好", "A look at how you are when your bag comes"),
    body: Phrase(
      "送货上门的人会记一下：见到您了、没人应答，还是有点不对劲。两次没应答，我们先打电话给您的家人，再请楼里的联系人，最后社工上门。不同意也照样送货，一样的价钱。",
      "Whoever brings your bag notes one of three things: seen, no answer, or something wrong. After two without an answer we call your family, then the contact of your building, and then a social worker comes. Your bag comes all the same if you say no, at the same price."
    ),
    spoken: Phrase(
      "送菜的时候，我们想顺便看看您好不好。只记三样：见到了、没应答、不对劲。两次没人应，先找您家人，再找楼里的人，再由社工上门。您不同意，菜照样送。随时可以不要。您愿意吗？",
      "When we bring your bag we would like to see that you are well. We note only: seen, no answer, or something wrong. After two without an answer we call your family, then your building, then a social worker comes. If you say no, the bag comes all the same. You can stop it at any time. Do you agree?"
    ),
    purposes: [.wellbeing], categories: [.name, .door, .wellbeing], recipients: [.station, .volunteers],
    retention: Phrase("记录留 90 天，然后删掉。", "Notes are kept for 90 days and then removed."), contact: contact,
    withdrawal: withdrawal)

  private static let relative = NoticeContent(
    code: "relative-sharing", version: 1, separateFor: .share,
    title: Phrase("把您的情况告诉一位家人", "Telling one relative how you are"),
    body: Phrase(
      "您指定一位家人。我们会告诉这一位：送货时见没见到您、您买了什么、花了多少。别人不告诉。不同意，什么都不影响。",
      "You name one relative. We tell this one person whether you were seen when your bag came, and what you ordered and for how much. Nobody else is told. Saying no changes nothing for you."
    ),
    spoken: Phrase(
      "您可以指定一位家人。我们会告诉他：送货时见没见到您，您买了什么。只告诉这一位。您不愿意也没关系。随时可以不要。您愿意吗？告诉谁？",
      "You can name one relative. We tell them whether you were seen and what you ordered. Only this one person. It is fine to say no. You can stop it at any time. Do you agree, and who should it be?"
    ),
    purposes: [.sharing], categories: [.wellbeing, .orders], recipients: [.relative],
    retention: Phrase("到您定的那一天，或者您收回为止。", "Until the day you set, or until you take it back."),
    contact: contact,
    withdrawal: withdrawal)

  private static let story = NoticeContent(
    code: "story-publishing", version: 1, separateFor: .publish,
    title: Phrase("公开讲您的故事", "Telling your story in public"),
    body: Phrase(
      "您讲给我们听的经历，会连同您的称呼，登在社区的页面和墙报上，谁都看得到。登之前先给您看稿子。不同意就不登，什么都不影响。",
      "What you told us of yourself is shown with your name on the community’s pages and boards, where everybody can read it. You see the text first. If you say no it is not shown, and nothing changes for you."
    ),
    spoken: Phrase(
      "我们想把您讲的事写出来，写上您的称呼，登在墙报和网上，谁都看得到。登以前先给您看。您不愿意就不登。随时可以撤下来。您愿意吗？",
      "We would like to write down what you told us, with your name, on the board and on the pages for everybody to read. You see it first. If you say no it is not shown. It comes down whenever you say so. Do you agree?"
    ),
    purposes: [.publishing], categories: [.name, .story], recipients: [.everyone],
    retention: Phrase(
      "收回以后马上撤下；别人转走的我们追不回来。",
      "It comes down at once when you take it back; we cannot fetch what others copied."),
    contact: contact, withdrawal: withdrawal)

  private static let reviews = NoticeContent(
    code: "review-name", version: 1, separateFor: .publish,
    title: Phrase("在您的评价旁边写上称呼", "Your name beside your reviews"),
    body: Phrase(
      "您给商品写的评价，以前的和以后的，旁边会写上您的称呼，谁都看得到。不同意就写“一位邻居”，评价照样登，什么都不影响。",
      "Beside the reviews that you wrote and will write of goods, your name is shown for everybody to read. If you say no it says “a neighbour”; your reviews are shown all the same, and nothing changes for you."
    ),
    spoken: Phrase(
      "您给东西写的评价，我们想在旁边写上您的称呼，谁都看得到。您不愿意，就写“一位邻居”。随时可以撤下来。您愿意吗？",
      "Beside your reviews we would like to show your name, for everybody to read. If you say no it says “a neighbour”. It comes down whenever you say so. Do you agree?"
    ),
    purposes: [.publishing], categories: [.name, .reviews], recipients: [.everyone],
    retention: Phrase(
      "收回以后马上撤下；别人转走的我们追不回来。",
      "It comes down at once when you take it back; we cannot fetch what others copied."),
    contact: contact, withdrawal: withdrawal)

  private static let photos = NoticeContent(
    code: "photos", version: 1, separateFor: .image,
    title: Phrase("给您拍照、用您的照片", "Taking and showing photos of you"),
    body: Phrase(
      "活动时拍到您的照片，会登在社区的页面和墙报上，谁都看得到；不会拿去做广告。不同意就不拍、不登。",
      "Photos of you at activities are shown on the community’s pages and boards, where everybody sees them; never in advertisements. If you say no, none is taken or shown."
    ),
    spoken: Phrase(
      "活动的时候我们想给您拍照，登在墙报和网上，谁都看得到，不拿去做广告。您不愿意就不拍。随时可以撤下来。您愿意吗？",
      "At activities we would like to take photos of you and show them on the board and on the pages, where everybody sees them; not in advertisements. If you say no we take none. They come down whenever you say so. Do you agree?"
    ),
    purposes: [.photos], categories: [.likeness], recipients: [.everyone],
    retention: Phrase("收回以后马上撤下并删掉。", "Taken down and removed at once when you take it back."),
    contact: contact,
    withdrawal: withdrawal)

  static let statistics = NoticeContent(
    code: "order-statistics", version: 1, separateFor: .none,
    title: Phrase("把您的订单算进统计", "Counting your orders in reports"),
    body: Phrase(
      "我们数一数大家买什么、退什么、送不到哪里，写成报告给街道看。报告只有合计，看不出是谁。不同意就不算您的，什么都不影响。",
      "We count what people order, return and cannot get, and report it to the sub-district. Reports hold totals only and nobody can be made out. If you say no your orders are left out, and nothing changes for you."
    ),
    spoken: Phrase(
      "我们想数一数大家买什么、缺什么，报给街道。只报合计，看不出是您。您不愿意就不算您的。随时可以不要。您愿意吗？",
      "We would like to count what people buy and lack and report it to the sub-district. Totals only; nobody can tell it is you. If you say no we leave you out. You can stop it at any time. Do you agree?"
    ),
    purposes: [.statistics], categories: [.orders], recipients: [.reportReaders],
    retention: Phrase("收回以后，新的报告不再算您的。", "After you take it back, new reports leave you out."),
    contact: contact,
    withdrawal: withdrawal)

  /// Takes the place of `statistics`, which names the sub-district alone: merchants and everybody read totals now. Whoever
  /// said yes to that one is in its reports as before, and in nothing more.
  static let totals = NoticeContent(
    code: "order-statistics", version: 2, separateFor: .none,
    title: Phrase("把您的订单算进统计", "Counting your orders in totals"),
    body: Phrase(
      "我们数一数大家订了什么、几点订的、多半是什么价钱，有多少是别人代订的，有多少家用大字看。写成合计：给街道看报告，每月给商户看市场信息，也登在社区的页面和墙报上，谁都看得到。只有合计，人太少的不写，看不出是谁。不同意就不算您的，什么都不影响。还有几样，不管同不同意都要数，也只写合计：几户取了货、退了多少、哪些楼送不到、货来得齐不齐、售后回得快不快、钱留在本区多少。",
      "We count what people order, at which hours and mostly at which prices, how much of it others order for them, and how many homes read in large type. Totals are told: in reports to the sub-district, to merchants each month, and on the community’s pages and boards, where everybody sees them. Totals only, and nothing where there are too few, so that nobody can be made out. If you say no yours are left out, and nothing changes for you. A few things are counted of everybody whatever the answer, and told as totals too: how many homes were served, what was sent back, which buildings get no deliveries, whether goods came in full, how fast complaints were answered, and how much was spent in the district."
    ),
    spoken: Phrase(
      "我们想数一数大家买什么、几点买、大概什么价钱，有多少是请人代订的，有多少家用大字。只写合计，报给街道，告诉商户，也登在墙报和网上，谁都看得到，看不出是您。您不愿意就不算您的，只有几户取了货、退了多少这样的总数还是要数。随时可以不要。您愿意吗？",
      "We would like to count what people buy, at which hours and about which prices, how much others order for them, and how many homes use large type. Totals only: for the sub-district, for merchants, and on the board and the pages for everybody; nobody can tell it is you. If you say no we leave you out, except for sums such as how many homes were served and how much was sent back. You can stop it at any time. Do you agree?"
    ),
    purposes: [.statistics], categories: [.orders], recipients: [.reportReaders, .totalsForAll],
    retention: Phrase(
      "收回以后，新的合计不再算您的；已经登出来的合计照旧。",
      "After you take it back, new totals leave you out; those that were told before stay as they are."),
    contact: contact, withdrawal: withdrawal)

  private static let casework = NoticeContent(
    code: "casework-service", version: 1, separateFor: .sensitive,
    title: Phrase("请社工帮忙，记下您的事", "A social worker’s help, and the notes it needs"),
    body: Phrase(
      "您有难处，社工陪您一件一件想办法。为了不忘、不弄错，要记下您的称呼、门牌号、电话、您讲的生活情况，还有跟这件事有关的身体情况。身体和家里的事最怕传出去，所以锁着存。只有服务站里帮您的社工和督导能看；居委会、店里、邻居看不到，也不知道有这回事。只有人命关天，或者法律一定要问，才会例外。说多少由您。不同意就不记，菜照样买，一样的价钱，有事照样可以来问。",
      "When something is hard, a social worker goes through it with you. So that nothing is forgotten or mixed up we note what you are called, your door, your telephone number, what you tell of your life, and your health as far as it matters here. Health and family matters hurt most when they get about, so they are kept locked. Only the station’s social workers who help you and their supervisor can read them; the committee, the shop and your neighbours cannot, and do not learn that there is anything to read. The only exceptions are a life in danger and a duty under the law. You say as much as you like. If you say no, nothing is noted; you shop as before at the same prices, and can come and ask all the same."
    ),
    spoken: Phrase(
      "您有难处，我陪您一件一件想办法。我得记几样：您怎么称呼、住哪儿、电话、您讲的事，还有跟这事有关的身体情况。记下的锁着，只有帮您的社工和督导能看。居委会、店里、邻居都不知道。人命关天，或者法律一定要问，才会例外。您想说多少就说多少。不同意，菜照样买，一样的价钱。随时可以不要。您愿意吗？",
      "When something is hard, I go through it with you. I need to note a few things: what you are called, where you live, your telephone number, what you tell me, and your health as far as it matters. The notes are locked. Only the social workers who help you and their supervisor can read them. The committee, the shop and the neighbours do not know. The exceptions are a life in danger and a duty under the law. Say as much as you like. If you say no, you shop as before, at the same prices. You can stop it at any time. Do you agree?"
    ),
    purposes: [.casework], categories: [.name, .door, .phone, .circumstances, .health],
    recipients: [.station],
    retention: Phrase(
      "事情办完后留三年，然后销毁。想早些销毁，跟社工说一声：法律不要求留的，就提前销毁。",
      "Kept for three years after we finish, then destroyed. If you want it sooner, tell your social worker: what the law does not make us keep is destroyed early."
    ),
    contact: contact, withdrawal: withdrawal)

  private static let referral = NoticeContent(
    code: "casework-referral", version: 1, separateFor: .share,
    title: Phrase("把您的事转告一家机构", "Telling one organisation what it needs to help you"),
    body: Phrase(
      "有的事，另一家机构帮得更好。问您的时候会说清楚：是哪一家，电话多少，请它做什么。称呼、电话、门牌号、生活情况、身体情况，您一样一样地挑；您没点头的，一样也不说。身体的事说出去就拿不回来，想好了再点头。这次只算这一家、这一件；换一家，另外问您。不同意就不说，社工照样帮您，菜照样买，一样的价钱。",
      "With some things another organisation can help better. When we ask, we say which one it is, its telephone number, and what it is asked to do. What you are called, your telephone number, your door, your life, your health: you choose one by one, and what you did not say yes to is not told. What was told of your health cannot be fetched back, so take your time. This answer is for this one organisation and this one matter; for another one you are asked again. If you say no, nothing is told; your social worker helps you as before, and you shop as before at the same prices."
    ),
    spoken: Phrase(
      "有一件事，另一家机构帮得更好。是哪一家、电话多少、请它做什么，我现在说给您听。要告诉它哪几样，您一样一样地挑。您没点头的，一样也不说。只算这一家。换一家，我再来问您。不同意就不说，我照样帮您，菜照样买。随时可以收回，已经说出去的拿不回来。您愿意吗？说哪几样？",
      "There is something that another organisation can help with better. I tell you now which one it is, its telephone number, and what it is asked to do. You choose one by one what it is told. What you did not say yes to is not told. It is for this one only. For another one I ask you again. If you say no, nothing is told; I help you as before, and you shop as before. You can take it back at any time, but what was told cannot be fetched back. Do you agree, and to which of them?"
    ),
    purposes: [.referral], categories: [.name, .phone, .door, .circumstances, .health],
    recipients: [.partner],
    retention: Phrase(
      "我们记下的，事情办完后留三年，然后销毁；想早些，说一声，法律不要求留的就提前销毁。那家机构留多久，可以问它。",
      "Our own notes of it are kept for three years after we finish, then destroyed, and sooner if you wish and the law does not make us keep them. How long the organisation keeps it, you can ask them."
    ),
    contact: contact,
    withdrawal: Phrase(
      "在这个页面按“收回同意”，或者打电话、当面说一声，马上算数，没说的不再说。已经告诉那家机构的，我们追不回来。",
      "Press “Take it back” on this page, call, or say so: it counts at once, and nothing more is told. What the organisation was told before, we cannot fetch back."
    ))

  static let gifts = NoticeContent(
    code: "gift-sharing", version: 1, separateFor: .publish,
    title: Phrase("让邻居看到您会什么、愿意帮什么", "Letting neighbours see what you can do"),
    body: Phrase(
      "您会的手艺、愿意帮的忙、讲的老故事，会登在社区的“身边的本事”里，登录了的邻居看得到，墙上的纸单子也会有。不写您的称呼、电话和门牌号：有人想找您，由服务站或站内消息转达，接不接由您。不会拿去做广告，也不告诉社区以外的人。不同意就不登，什么都不影响。",
      "What you can do, would do for others, or tell of old times is shown in the neighbourhood’s list of gifts, to neighbours who are signed in, and on the sheet on the wall. Your name, telephone number and door are not shown: whoever would like to reach you does so through the station or a message here, and you choose whether to answer. It is not used in advertisements and nobody outside the neighbourhood is told. If you say no it is not shown, and nothing changes for you."
    ),
    spoken: Phrase(
      "您会的手艺、愿意帮的忙，我们想登出来，让邻居看看。不写您叫什么、电话多少、住哪儿。有人想找您，我们先来问您，接不接由您。您不愿意就不登。随时可以撤下来。您愿意吗？",
      "We would like to let neighbours see what you can do and would do for others. Your name, number and door are not shown. When somebody would like to reach you, we ask you first. If you say no it is not shown. It comes down whenever you say so. Do you agree?"
    ),
    purposes: [.gifts], categories: [.gifts], recipients: [.station, .neighbours],
    retention: Phrase(
      "收回以后马上看不到；撤下或到期的，90 天后删掉。墙上的纸单子我们换新的。",
      "Out of sight at once when you take it back; what was taken down or ran out is removed after 90 days. The sheet on the wall is replaced."
    ),
    contact: contact, withdrawal: withdrawal)

  /// Apart from the one of orders: who has to do with whom is more than what somebody bought.
  static let ties = NoticeContent(
    code: "network-ties", version: 1, separateFor: .none,
    title: Phrase("把您和邻居的来往算进合计", "Counting your dealings with neighbours in totals"),
    body: Phrase(
      "谁帮过谁、谁买过谁的东西、谁一起参加过活动、谁介绍过谁、谁教过谁，我们数一数，看社区里的来往多了还是少了。只公布合计和图，不写名字，人太少的也不公布。您和另一个人的来往，要你们两位都同意才算。不同意就不算您的，什么都不影响。",
      "We count who helped whom, who bought from whom, who came to an activity together, who pointed whom on and who taught whom, to see whether neighbours have more to do with each other or less. Only totals and a picture are shown, never a name, and nothing where there are too few. A dealing of two people counts only where both of them agree. If you say no yours are left out, and nothing changes for you."
    ),
    spoken: Phrase(
      "谁帮过谁、跟谁买过东西、跟谁一起参加活动、谁介绍谁、谁教谁，我们想数一数。只看合计，不写名字，看不出是您。您不愿意就不算您的。随时可以不要，马上就不算。您愿意吗？",
      "We would like to count who helped whom, who bought from whom, who met at an activity, who pointed whom on and who taught whom. Totals only, never a name; nobody can tell it is you. If you say no we leave you out. You can stop it at any time, and it counts at once. Do you agree?"
    ),
    purposes: [.statistics], categories: [.ties], recipients: [.totalsForAll],
    retention: Phrase(
      "来往留 830 天，然后删掉。收回以后，新的合计马上不算您的。",
      "Dealings are kept for 830 days and then removed. After you take it back, new totals leave you out at once."
    ),
    contact: contact, withdrawal: withdrawal)
}
