"""What people of the demo say, by language and topic, and what they are answered. Written for the demo."""

from dataclasses import dataclass

from qorgau.rules.kinds import Kind


@dataclass(frozen=True, slots=True)
class Saying:
    """One matter in three languages, with how it usually ends."""

    topic: str
    kind: Kind
    kk: str
    ru: str
    en: str
    decision: str
    answer_kk: str
    answer_ru: str
    answer_en: str

    def words(self, language: str) -> str:
        return str(getattr(self, language))

    def answer(self, language: str) -> str:
        return str(getattr(self, f"answer_{language}"))


SAYINGS = (
    Saying(
        topic="care-refused",
        kind=Kind.COMPLAINT,
        kk="Учаскелік дәрігер қабылдаудан бас тартты, «талон жоқ, ертең келіңіз» деді. Баламның қызуы көтеріліп тұр еді.",
        ru="Участковый врач отказалась принять: «талонов нет, приходите завтра». У ребёнка была температура 39.",
        en="The district doctor refused to see us: “no coupons left, come tomorrow”. My child had a fever of 39.",
        decision="founded",
        answer_kk="Шағымыңыз расталды. Балаға сол күні көмек көрсетілуі тиіс еді. Емхана кешірім сұрайды, кезекші "
        "дәрігердің қабылдау тәртібі өзгертілді.",
        answer_ru="Ваша жалоба подтвердилась. Ребёнок с температурой должен быть принят в день обращения. Поликлиника "
        "приносит извинения; порядок приёма дежурным врачом изменён.",
        answer_en="Your complaint is founded. A child with a fever must be seen on the same day. The clinic apologises; "
        "how the doctor on duty sees patients was changed.",
    ),
    Saying(
        topic="long-wait",
        kind=Kind.COMPLAINT,
        kk="Кардиологқа жолдаманы бір ай бұрын алдым, әлі кезекте тұрмын. Қашан қабылдайтынын ешкім айтпайды.",
        ru="Направление к кардиологу мне дали месяц назад, до сих пор стою в очереди. Когда примут, никто не говорит.",
        en="I was referred to a cardiologist a month ago and am still waiting. Nobody says when I will be seen.",
        decision="partly",
        answer_kk="Кезек күту 15 жұмыс күнінен асқан. Сіз кардиологқа жазылдыңыз, күні мен уақыты SMS арқылы келеді.",
        answer_ru="Ожидание превысило 15 рабочих дней. Вы записаны к кардиологу; дата и время придут в SMS.",
        answer_en="The wait was over 15 working days. You are now booked with a cardiologist; the date comes by SMS.",
    ),
    Saying(
        topic="charged-for-free-care",
        kind=Kind.COMPLAINT,
        kk="МРТ-ны тек ақылы жасайтынын айтты, бірақ мен сақтандырылғанмын және жолдамам бар. 25 000 теңге төледім.",
        ru="Сказали, что МРТ делают только платно, хотя я застрахован и направление есть. Заплатил 25 000 тенге.",
        en="They said an MRI is for money only, although I am insured and have a referral. I paid 25,000 tenge.",
        decision="founded",
        answer_kk="Шағымыңыз негізді: жолдама бойынша МРТ МӘМС есебінен жасалады. Ұйым ақшаңызды қайтарады.",
        answer_ru="Жалоба обоснованна: по направлению МРТ проводится за счёт ОСМС. Организация вернёт вам деньги.",
        answer_en="The complaint is founded: with a referral an MRI is paid by the insurance. You will be refunded.",
    ),
    Saying(
        topic="medicines-refused",
        kind=Kind.COMPLAINT,
        kk="Қант диабетіне тегін инсулинді екі аптадан бері бермей жатыр, «қоймада жоқ» дейді.",
        ru="Две недели не выдают бесплатный инсулин, говорят «на складе нет». У меня диабет.",
        en="For two weeks they have not given me the free insulin, they say there is none in stock. I have diabetes.",
        decision="founded",
        answer_kk="Инсулин емханаға жеткізілді, бүгін ала аласыз. Кешігудің себебі анықталды, өтінім тәртібі түзетілді.",
        answer_ru="Инсулин поступил, получить его можно сегодня. Причина задержки найдена, порядок заявок исправлен.",
        answer_en="The insulin has arrived and you can get it today. The cause of the delay was found and put right.",
    ),
    Saying(
        topic="rudeness",
        kind=Kind.COMPLAINT,
        kk="Тіркеу бөлімінде дөрекі сөйлесті, анамның жасына қарамай айқайлады.",
        ru="В регистратуре нагрубили, накричали на мою пожилую мать.",
        en="They were rude at the registry and shouted at my elderly mother.",
        decision="founded",
        answer_kk="Қызметкермен әңгіме жүргізілді, ол кешірім сұрайды. Тіркеу бөліміне этика бойынша оқу тағайындалды.",
        answer_ru="С сотрудником проведена беседа, он приносит извинения. Регистратура направлена на обучение этике.",
        answer_en="The employee was spoken to and apologises. The registry staff will be trained in ethics.",
    ),
    Saying(
        topic="attached-without-consent",
        kind=Kind.COMPLAINT,
        kk="Мені келісімімсіз басқа емханаға тіркеп қойыпты. Өз емханама қайтарыңыз.",
        ru="Меня без согласия прикрепили к другой поликлинике. Верните в мою.",
        en="I was attached to another clinic without my consent. Please return me to mine.",
        decision="founded",
        answer_kk="Келісіміңізсіз тіркелгеніңіз расталды (ақау 5.2). Тіркелуіңіз қалпына келтірілді.",
        answer_ru="Прикрепление без согласия подтверждено (дефект 5.2). Ваше прикрепление восстановлено.",
        answer_en="Attachment without consent was confirmed (defect 5.2). Your attachment was restored.",
    ),
    Saying(
        topic="extortion",
        kind=Kind.COMPLAINT,
        kk="Хирург операция үшін «рахмет ақша» сұрады. Атымды емхана білмесін.",
        ru="Хирург намекнул на «благодарность» за операцию. Прошу не сообщать моё имя больнице.",
        en="The surgeon hinted at a “thank-you” for the operation. Please do not give my name to the hospital.",
        decision="explained",
        answer_kk="Мәліметіңіз тексерілді және құзыретті органға берілді. Атыңыз ұйымға хабарланған жоқ.",
        answer_ru="Ваши сведения проверены и переданы компетентному органу. Ваше имя организации не сообщалось.",
        answer_en="What you told us was checked and passed to the competent body. The hospital was not told your name.",
    ),
    Saying(
        topic="paying-contributions",
        kind=Kind.REQUEST,
        kk="Жұмыс істемеймін, өзім үшін жарнаны қалай төлеймін және қанша?",
        ru="Я не работаю. Как и сколько платить взносы за себя?",
        en="I do not work. How do I pay contributions for myself, and how much?",
        decision="explained",
        answer_kk="Дербес төлеуші жарнаны банк қосымшасы арқылы төлей алады. 2026 жылы айына 4 250 теңге.",
        answer_ru="Самостоятельный плательщик может платить через приложение банка. В 2026 году это 4 250 тенге в месяц.",
        answer_en="A self-payer can pay through a bank's app. In 2026 it is 4,250 tenge a month.",
    ),
    Saying(
        topic="insured-status",
        kind=Kind.REQUEST,
        kk="Сақтандырылғанымды қайдан біле аламын?",
        ru="Где узнать, застрахован ли я?",
        en="Where can I find out whether I am insured?",
        decision="explained",
        answer_kk="Мәртебені eGov порталынан, 1414 байланыс орталығынан немесе банк қосымшасынан білуге болады.",
        answer_ru="Статус можно узнать на портале eGov, в контакт-центре 1414 или в приложении банка.",
        answer_en="You can find out on eGov, from contact centre 1414 or in your bank's app.",
    ),
    Saying(
        topic="status-wrong",
        kind=Kind.APPLICATION,
        kk="Жұмыс берушім төлеп жүр, бірақ мәртебем «сақтандырылмаған». Тексеріп беріңіздерші.",
        ru="Работодатель платит, а статус «не застрахован». Прошу проверить.",
        en="My employer pays, but my status says “uninsured”. Please check.",
        decision="founded",
        answer_kk="Төлемдер қате ЖСН-мен түскен. Түзетілді, мәртебеңіз қалпына келді.",
        answer_ru="Платежи поступали с ошибкой в ИИН. Исправлено, статус восстановлен.",
        answer_en="The payments came with a wrong number. It was corrected and your status is restored.",
    ),
    Saying(
        topic="gratitude",
        kind=Kind.RESPONSE,
        kk="Жедел жәрдем дәрігерлеріне рахмет: түн ішінде тез келіп, әкемді аман алып қалды.",
        ru="Спасибо бригаде скорой: ночью приехали быстро и спасли отца.",
        en="Thanks to the ambulance team: they came fast at night and saved my father.",
        decision="explained",
        answer_kk="Жылы лебізіңізге рахмет. Алғысыңыз бригадаға жеткізілді.",
        answer_ru="Спасибо за тёплые слова. Благодарность передана бригаде.",
        answer_en="Thank you for your kind words. They were passed on to the team.",
    ),
    Saying(
        topic="proposal",
        kind=Kind.PROPOSAL,
        kk="Емханаларда қарттар үшін бөлек терезе ашуды ұсынамын.",
        ru="Предлагаю открыть в поликлиниках отдельное окно для пожилых.",
        en="I propose a separate window for elderly people in polyclinics.",
        decision="explained",
        answer_kk="Ұсынысыңыз үшін рахмет. Ол өңірлік басқармаларға қарауға жіберілді.",
        answer_ru="Спасибо за предложение. Оно направлено управлениям регионов для рассмотрения.",
        answer_en="Thank you for the proposal. It was sent to the regional departments.",
    ),
)

WHY_HIGHER = {
    "kk": "Жауап мәселені шешкен жоқ, тек жалпы сөздер жазылған.",
    "ru": "Ответ не решил вопрос, в нём только общие слова.",
    "en": "The answer solved nothing, it is only general words.",
}
QUESTIONS = {
    "kk": "Бұл қай күні және сағат нешеде болды?",
    "ru": "Какого числа и в котором часу это было?",
    "en": "On which day and at what time was this?",
}
REPLIES = {
    "kk": "Өткен дүйсенбіде, таңғы тоғызда.",
    "ru": "В прошлый понедельник, в девять утра.",
    "en": "Last Monday at nine.",
}
