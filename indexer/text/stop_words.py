"""The function words (stop words) of each language: grammatical words that do not identify a subject.

They stay in the index, in phrases and among the words that must match. In ranking they have little weight, in the
languages listed here; in other languages idf alone lowers them. The list is needed for question words: *how* and
*which* are rare in reports, so that their idf alone would make them the subject of a question.
"""

from __future__ import annotations

from functools import cache

from indexer.text.analysis import fold

_WORDS = {
    "ar": """في من على إلى عن مع ما ماذا متى أين كيف هل كم من هو هي هم هما نحن أنا أنت أن إن أنه أنها لأن كان كانت يكون
        تكون ليس لم لن لا قد سوف ثم أو أم بل لكن هذا هذه ذلك تلك هؤلاء الذي التي الذين اللواتي أي أية لماذا بين كل بعض
        غير حيث إذا منذ حتى عند كما مما فيما وهو وهي التي وقد""",
    "ca": """el la els les un una uns unes i o de del dels a al als en amb per sense sobre que què qui quin quina quins
        quines on quan com quant quants quanta és són era eren fou ser estat ha han hi es se no si ni més el seu la seva
        els seus aquest aquesta això""",
    "da": """en et den det de og eller men i på af til fra med om for ved under uden som der hvad hvem hvilken hvilket
        hvilke hvor hvornår hvordan hvorfor er var være været har havde ikke kan vil skal blev bliver han hun vi jeg du
        sig sin sit sine deres denne dette disse""",
    "de": """der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf aus bei mit nach von
        vom vor zu zum zur für über unter um durch ohne gegen seit bis als wie wer wen wem wessen was welche welcher
        welches welchen welchem wo wohin woher wann warum weshalb wieso wieviel wie viele ist sind war waren sein wird
        werden wurde wurden worden hat haben hatte hatten kann können konnte soll sollen muss müssen es er sie wir ihr
        ich man sich nicht kein keine dass daß ob wenn auch noch nur so sehr dieser diese dieses diesem diesen sein
        seine seiner ihre ihrer ihren gibt""",
    "el": """ο η το οι τα του της των τον την τους τις και ή αλλά σε στο στη στην στον στα στις στους από με για ως προς
        κατά που πού πώς πως πότε ποιος ποια ποιο ποιοι ποιες τι πόσο πόσα πόσοι είναι ήταν έχει έχουν να θα δεν μη μην
        αν ότι αυτό αυτή αυτός ένα ένας μια""",
    "en": """a an the and or but nor of in on at by for from to into with without about as than is are was were be been
        being am do does did done doing has have had having can could may might must shall should will would what which
        who whom whose when where why how that this these those there it its i me my we us our you your he him his she
        her they them their not no if then so such any some also only both each either whether s t""",
    "es": """el la lo los las un una unos unas y e o u de del en a al ante con contra desde hacia hasta para por según
        sin sobre tras que qué quien quién quienes quiénes cual cuál cuales cuáles cuando cuándo donde dónde como cómo
        cuanto cuánto cuanta cuánta cuantos cuántos cuantas cuántas porqué es son era eran fue fueron ser sido siendo
        está están estaba ha han había haber hay hubo se su sus le les me mi nos no ni si sí más muy este esta estos
        estas ese esa esos esas eso esto aquel""",
    "et": """ja või aga on oli olid olla ei see need ta nad mis kes kus millal kuidas miks milline millised kui et ka
        selle mille kelle""",
    "eu": """eta edo baina da dira zen ziren izan du dute zuen zer nor non noiz nola zein zeintzuk zergatik zenbat bat
        hau hori hura ez""",
    "fa": "و در به از که این آن با را برای است بود شد چه کی کجا چگونه چرا چند کدام آیا یک ها هم تا یا",
    "fi": """ja tai mutta on oli ovat olivat olla ei se ne hän he mikä mitkä mitä kuka ketkä missä mistä mihin milloin
        miten miksi kuinka moni monta että kun jos myös joka jotka tämä nämä""",
    "fr": """le la les l un une des du de d et ou mais en dans sur sous par pour avec sans chez vers entre à au aux que
        qu qui quoi quel quelle quels quelles quand où comment combien pourquoi lequel laquelle lesquels lesquelles dont
        est sont était étaient fut furent être été étant a ont avait avaient avoir eu il elle ils elles on nous vous je
        tu me te se s son sa ses leur leurs ce c cet cette ces ceci cela n ne pas ni si plus y t m j""",
    "hi": """का के की को में से पर और या है हैं था थे थी हो कि जो यह वह ये वे ने एक नहीं क्या कौन कब कहाँ कैसे क्यों
        कितने कितना कितनी किस किसने किसे इस उस भी ही तो लिए द्वारा""",
    "hu": """a az egy és vagy de is nem van volt voltak lesz hogy ha mi ki kik mit kit hol hova mikor hogyan miért
        mennyi hány melyik milyen ez ezek azt azok aki ami amely""",
    "id": """yang dan atau di ke dari pada untuk dengan oleh dalam adalah ialah ini itu apa siapa kapan mana bagaimana
        mengapa berapa tidak bukan telah sudah akan sebagai para""",
    "it": """il lo la i gli le un uno una e ed o di del dello della dei degli delle in nel nella nei nelle a al allo
        alla ai alle da dal dalla dai su sul sulla con per tra fra che chi cui quale quali quando dove come quanto
        quanta quanti quante perché è sono era erano fu furono essere stato stata ha hanno aveva avere si suo sua suoi
        loro non né se più questo questa questi queste l d cosa""",
    "lt": """ir ar bet yra buvo būti ne tai kas kur kada kaip kodėl koks kokia kokie kuris kuri kurie kiek iš į su už
        dėl nuo apie""",
    "nl": """de het een en of maar in op aan van voor met zonder door naar uit bij om over onder tot als dan die dat
        deze dit wie wat welke welk waar wanneer waarom hoe hoeveel is zijn was waren wordt worden werd werden heeft
        hebben had kan kunnen zal zou moet er het niet geen ook nog hij zij ze we wij ik je zich haar hun te""",
    "no": """en et ei den det de og eller men i på av til fra med om for ved under uten som der hva hvem hvilken hvilket
        hvilke hvor når hvordan hvorfor er var være vært har hadde ikke kan vil skal ble blir han hun vi jeg du seg sin
        sitt sine deres denne dette disse""",
    "pt": """o a os as um uma uns umas e ou de do da dos das em no na nos nas a ao à aos às por pelo pela pelos pelas
        para com sem sobre entre até desde que quê quem qual quais quando onde como quanto quanta quantos quantas porque
        é são era eram foi foram ser sido está estão estava há havia ter tem têm tinha se seu sua seus suas lhe não nem
        mais este esta estes estas esse essa isso isto aquele""",
    "ro": """un o unei unui și sau dar de la în din pe cu fără pentru prin spre despre că care ce cine când unde cum cât
        câte câți câtă este sunt era erau fi fost a au are avea nu se să al ai ale lui ei lor acest această aceste""",
    "ru": """и или но а в во на с со к ко о об обо от до из у за по под над при для без между через что кто какой какая
        какое какие каких который которая которые когда где куда откуда как сколько почему зачем чей это этот эта эти
        тот та те его её их он она оно они мы вы я не ни бы ли же был была было были быть есть является чем""",
    "sr": """i ili ali je su bio bila bili biti u na sa za od do iz o po što šta ko koji koja koje kada gde gdje kako
        zašto koliko da ne se и или али је су био била били бити у на са за од до из о по што шта ко који која које када
        где како зашто колико да не се""",
    "sv": """en ett den det de och eller men i på av till från med om för vid under utan som vad vem vilken vilket vilka
        var när hur varför är var vara varit har hade inte kan ska skall blev blir han hon vi jag du sig sin sitt sina
        deras denna detta dessa""",
    "tr": """ve veya ya da ile için bir bu şu o ne kim nerede ne zaman nasıl neden niçin kaç hangi mi mı mu mü değil
        gibi daha de da ki olan olarak""",
}  # fmt: skip


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the folded function words of a language; none for a language that is not listed."""
    return frozenset(map(fold, _WORDS.get(language, "").split()))


def is_function_word(word: str, language: str) -> bool:
    """Return whether the folded ``word`` is a function word of ``language``."""
    return word in function_words(language)
