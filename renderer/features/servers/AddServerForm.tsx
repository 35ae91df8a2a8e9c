import { type SyntheticEvent, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { Switch } from '../../components/Switch.tsx';
import { TextField } from '../../components/TextField.tsx';
import styles from './ServerSettings.module.css';
import { useAddServer } from './useAddServer.ts';

/** An address and a key first; then what the server offers, to choose from. */
export function AddServerForm() {
  const { facts, busy, problem, look, add, forget } = useAddServer();
  const [address, setAddress] = useState('');
  const [key, setKey] = useState('');
  const [model, setModel] = useState('');
  const [sees, setSees] = useState(true);
  const names = facts?.models.map(({ name }) => name) ?? [];
  const chosen = names.includes(model) ? model : (names[0] ?? '');
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (facts === null) return look(address, key);
    if (await add(chosen, facts.sees ?? sees, key)) {
      setAddress('');
      setKey('');
    }
  };
  return (
    <form className={styles['form']} onSubmit={(event) => void submit(event)}>
      <TextField
        label="Address"
        hint="Of vLLM, llama-server, LM Studio or anything else that speaks the OpenAI protocol, such as https://gpu.example:8000/v1"
        value={address}
        onValueChange={(value) => {
          setAddress(value);
          forget();
        }}
        {...(problem === '' ? {} : { error: problem })}
      />
      <TextField label="Key" hint="Leave empty when the server asks for none." type="password" value={key} onValueChange={setKey} />
      {facts !== null && (
        <>
          <Select label="Model" value={chosen} options={names.map((name) => ({ value: name, label: name }))} onValueChange={setModel} />
          {facts.sees === null && (
            <Switch
              label="It sees pictures"
              hint="Gemma 3 from 4B on does, where the server was started with it."
              checked={sees}
              onCheckedChange={setSees}
            />
          )}
        </>
      )}
      <Button type="submit" className={styles['submit']} disabled={busy || address.trim() === '' || (facts !== null && chosen === '')}>
        {busy ? 'Asking…' : facts === null ? 'Look what it runs' : 'Add this model'}
      </Button>
    </form>
  );
}
