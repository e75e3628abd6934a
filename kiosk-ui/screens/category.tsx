/** S-CATEGORY: which category the visit counts for; what the filing says is chosen already (Z-8.3.4). */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';

export function Category({ body, ...view }: ScreenProps<'S-CATEGORY'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      class="choices"
      actions={
        <>
          {body.categories.map(({ code, name }) => (
            <BigButton
              key={code}
              kind={code === body.chosen ? 'primary' : 'secondary'}
              does={`category ${code}`}
              onPress={() => does({ do: 'category', code })}
            >
              {code === 'ordinary' ? text.category.ordinary : name}
            </BigButton>
          ))}
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <h1>{text.category.title}</h1>
      <p class="lead">{text.category.line}</p>
      <p>{body.department}</p>
    </Frame>
  );
}
